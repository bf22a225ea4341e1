"""bin/lib/messages.py finds every message and every gap in its translations, without gettext."""

from __future__ import annotations

import gettext
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]

TEMPLATE = """{% load i18n %}
<h1>{% translate "Care periods" %}</h1>
  {% if x %}
    <p title="{% trans 'Next deadline' context "heading" %}">{{ _("Sign out") }}</p>
  {% endif %}
{% blocktranslate count counter=n %}One day{% plural %}{{ counter }} days{% endblocktranslate %}
{% blocktranslate trimmed with name=person.name %}
  Sheet of
  {{ name }}
{% endblocktranslate %}
{% button _("Mark as reviewed") %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
LABEL = _("Confirm")
SAME = _(LABEL)
def words(n: int) -> str:
    return ngettext("%(n)s trip", "%(n)s trips", n) + pgettext("month", "May") + _("Long "
        "one")
"""
FOUND = {
    ("Care periods", None),
    ("Confirm", None),
    ("Long one", None),
    ("Mark as reviewed", None),
    ("May", "month"),
    ("Next deadline", "heading"),
    ("Sheet of %(name)s", None),
    ("Sign out", None),
    (("One day", "%(counter)s days"), None),
    (("%(n)s trip", "%(n)s trips"), None),
}


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, working on a small package of its own."""
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "bin" / "lib" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    package = tmp_path / "src" / "palkkio"
    (package / "web" / "templates").mkdir(parents=True)
    (package / "web" / "templates" / "page.html").write_text(TEMPLATE)
    (package / "web" / "words.py").write_text(CODE)
    for name, value in {"ROOT": tmp_path, "PACKAGE": package, "LOCALE": package / "locale"}.items():
        monkeypatch.setattr(module, name, value)
    return module


def translate_all(tool: ModuleType) -> None:
    for language in tool.LANGUAGES:
        path = tool.path_of(language)
        catalog = tool.read(language)
        for message in catalog:
            if message.id:
                message.string = message.id
        with path.open("wb") as file:
            tool.write_po(file, catalog)


def test_every_way_to_mark_a_message_is_found(tool: ModuleType) -> None:
    assert {(message.id, message.context) for message in tool.gathered() if message.id} == FOUND


def test_untranslated_message_fails_the_check(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    tool.gather()
    assert tool.check() == 1
    assert "sv: 'Care periods' (src/palkkio/web/templates/page.html) is not translated" in capsys.readouterr().out


def test_complete_translations_pass(tool: ModuleType) -> None:
    tool.gather()
    translate_all(tool)
    assert tool.check() == 0


def test_fuzzy_message_fails_the_check(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    tool.gather()
    translate_all(tool)
    path = tool.path_of("fi")
    path.write_text(path.read_text().replace('msgid "Confirm"', '#, fuzzy\nmsgid "Confirm"'))
    assert tool.check() == 1
    assert "fi: 'Confirm' (src/palkkio/web/words.py) is marked fuzzy" in capsys.readouterr().out


def test_broken_placeholder_fails_the_check(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    tool.gather()
    translate_all(tool)
    path = tool.path_of("fi")
    path.write_text(path.read_text().replace('msgstr "Sheet of %(name)s"', 'msgstr "Hoitojakso %(nimi)s"'))
    assert tool.check() == 1
    assert "%(name)s %(nimi)s" in capsys.readouterr().out


def test_gathering_again_keeps_translations_and_drops_what_is_gone(tool: ModuleType) -> None:
    tool.gather()
    translate_all(tool)
    (tool.PACKAGE / "web" / "words.py").write_text('from x import _\n_("Confirm")\n')
    tool.gather()
    ids = {message.id: message.string for message in tool.read("fi") if message.id}
    assert ids["Confirm"] == "Confirm"
    assert "May" not in ids


def test_compiled_messages_are_read_by_pythons_gettext(tool: ModuleType) -> None:
    tool.gather()
    path = tool.path_of("fi")
    path.write_text(path.read_text().replace('msgid "Confirm"\nmsgstr ""', 'msgid "Confirm"\nmsgstr "Vahvista"'))
    tool.compile_all()
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Confirm") == "Vahvista"
