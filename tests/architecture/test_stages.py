"""What all stages keep to: the order they stand in, their own tables, one organisation for each row."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "palkkio"

# Rows of the installation itself; all others belong to one organisation.
OF_NO_ORGANISATION = {"Account", "AccountPerson", "Blob", "Event", "SignInAttempt", "Organisation"}
OF_NO_ORGANISATION |= {"EidLink", "MailedCode", "KnownDevice", "Seal", "EventsRead", "JobTrouble"}


def layers() -> list[str]:
    """Packages from the last to the first, as pyproject.toml lays them; those side by side stay one string."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    (found,) = (each["layers"] for each in contracts if each["type"] == "layers")
    return list(found)


def place_of(package: str) -> int:
    """0 is the earliest stage."""
    for place, layer in enumerate(reversed(layers())):
        if package in re.findall(r"\w+", layer):
            return place
    raise LookupError(f"{package} has no place among the layers")


def our_models() -> list[type[models.Model]]:
    """Tables of ours, without those that keep history and those that join two others."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("palkkio.")
        for model in config.get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]


def package_of(model: type[models.Model]) -> str:
    """`people` for palkkio.people.models.Person, and for the tables of a part: palkkio.people.households."""
    return model._meta.app_config.name.removeprefix("palkkio.").split(".")[0]


def stages() -> list[str]:
    """Packages that have tables."""
    return sorted({package_of(model) for model in our_models()})


def sources() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def imported_at_run_time(path: Path) -> Iterator[str]:
    """Full names of what a module imports, but not under TYPE_CHECKING."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_there_are_stages_and_tables_to_look_at() -> None:
    assert {"audit", "organisations", "people", "accounts", "contracts"} <= set(stages())
    assert len(our_models()) > 20


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_foreign_key_points_to_an_earlier_stage_or_the_own_one(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        target = field.related_model
        if not field.concrete or not isinstance(target, type):
            continue
        assert target.__module__.startswith("palkkio."), f"{field} points outside"
        assert place_of(package_of(target)) <= place_of(package_of(model)), f"{field} points to a later stage"


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_a_stage_itself_imports_its_models(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    for name in imported_at_run_time(path):
        match = re.match(r"palkkio\.(\w+)\.models\b", name)
        assert match is None or match[1] == own, f"{name}: read it through the stage's queries or access"


def test_an_import_of_anothers_models_would_be_noticed(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from palkkio.people.models import Person\n"
        "def late():\n    from palkkio.rates.models import Rate\n"
        "from palkkio.contracts import models\n"
    )
    assert set(imported_at_run_time(module)) == {
        "typing.TYPE_CHECKING",
        "palkkio.rates.models.Rate",
        "palkkio.contracts.models",
    }


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_each_row_belongs_to_an_organisation_and_cannot_lose_it(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields()}
    if model.__name__ in OF_NO_ORGANISATION:
        assert "organisation" not in names
        return
    field = model._meta.get_field("organisation")
    assert isinstance(field, models.ForeignKey)
    assert not field.null
    assert field.remote_field.on_delete is models.PROTECT


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_constraint_is_named_by_a_sentence(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        words = constraint.name.split("_")
        assert len(words) >= 4, f"{constraint.name}: say what holds, e.g. terms_of_a_contract_do_not_overlap"
        assert re.fullmatch(r"[a-z0-9_]+", constraint.name)
        assert words[-1] not in {"uniq", "unique", "check", "constraint", "idx"}


@pytest.mark.parametrize("stage", stages())
def test_a_stage_tells_its_nouns_and_functions(stage: str) -> None:
    readme = PACKAGE / stage / "README.md"
    assert readme.exists(), f"Write {stage}/README.md: nouns, states, functions"
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"# {stage}: ")
    assert "```python" in text


def modules_named_in(readme: Path) -> set[str]:
    """`stage.module.function` of the code block of a README."""
    return set(re.findall(r"(?<![\w.])([a-z]+\.[a-z_]+\.\w+)(?=\()", readme.read_text(encoding="utf-8")))


@pytest.mark.parametrize("stage", stages())
def test_what_a_readme_names_exists(stage: str) -> None:
    from importlib import import_module

    for name in sorted(modules_named_in(PACKAGE / stage / "README.md")):
        package, module, function = name.split(".")
        if package != stage:
            continue
        found = import_module(f"palkkio.{package}.{module}")
        assert hasattr(found, function), f"README.md of {stage} names {name}"


def test_every_table_with_history_keeps_updates() -> None:
    tracked = [model for config in apps.get_app_configs() for model in config.get_models() if is_history(model)]
    names = {model.pgh_tracked_model.__name__ for model in tracked}
    assert {"Person", "Role", "BankAccount", "Rate", "Contract", "Terms", "AgreedRate", "Sheet"} <= names


def is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model") and model.__module__.startswith("palkkio.")


def test_accounts_are_the_only_users() -> None:
    assert settings.AUTH_USER_MODEL == "accounts.Account"
