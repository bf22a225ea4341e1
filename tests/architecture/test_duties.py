"""Staff's rights, cell by cell: each act of the table is really called in each role."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from palkkio.audit.models import Event
from palkkio.config.duties import ACTIONS, DUTIES, NO_DUTY
from palkkio.core.problems import NotAllowed, Refusal
from palkkio.core.viewer import STAFF_ROLES, RoleKind, Viewer
from palkkio.people.models import Person
from tests import factories
from tests.architecture.acts.base import Act
from tests.architecture.acts.care import OnCare
from tests.architecture.acts.contracts import OnContracts
from tests.architecture.acts.payroll import OnPayroll
from tests.architecture.acts.people import OnPeople
from tests.architecture.test_every_address import undone

SOURCE = Path(__file__).parents[2] / "src" / "palkkio"
NOT_STAGES = {"web", "core", "calculation", "audit", "formats", "rules", "config"}
PARTS = ("saving", "content", "recovery_steps")  # what several actions share
SHARES = 4  # the walk is cut, so that processes can share it


class Stage(OnPeople, OnCare, OnContracts, OnPayroll):
    """A world in which an act can be done; `of` makes what it needs and gives the act."""

    def of(self, name: str) -> Act:
        return getattr(self, name)()  # type: ignore[no-any-return]


# --- The table -------------------------------------------------------------------------------------------------------


def public_actions() -> Iterator[str]:
    """Every public function of the stages that takes who acts (`by`) and when (`at`), as stage.module.function."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts[0] in NOT_STAGES:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                taken = {each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
                if {"by", "at"} <= taken and parts[-1] not in PARTS:
                    yield ".".join((*parts, node.name))


def test_every_public_action_of_the_stages_is_a_duty_or_says_why_it_is_none() -> None:
    named = set(DUTIES) - set(ACTIONS)
    known = {*ACTIONS.values(), *NO_DUTY}
    found = set(public_actions())
    assert sorted(each for each in found if each not in known and each.rpartition(".")[2] not in named) == []
    assert sorted(known - found) == []
    assert sorted(named - {each.rpartition(".")[2] for each in found}) == []


def test_every_act_of_the_table_is_called_here() -> None:
    assert [name for name in DUTIES if not hasattr(Stage, name)] == []


# --- The cells -------------------------------------------------------------------------------------------------------


def staff(place: factories.Place, role: RoleKind) -> Viewer:
    return factories.viewer(factories.person(place, "Virka", f"Ilija{role.value}"), role)


def is_refused(act: Act, by: Viewer) -> bool:
    """Refused because of who asks; any other refusal is a fault of the test's world and is raised."""
    try:
        act(by)
    except NotAllowed:
        return True
    return False


def last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_each_role_may_what_its_cell_says_and_what_it_does_is_in_the_log(share: int) -> None:
    """The log names the actor, and the subject where it is somebody's matter."""
    place = factories.county()
    viewers = {role: staff(place, role) for role in sorted(STAFF_ROLES)}
    wrong: dict[str, list[str]] = {}
    silent = []
    for name in list(DUTIES)[share::SHARES]:
        duty = DUTIES[name]
        with undone():
            act = Stage(place).of(name)
            for role, by in viewers.items():
                with undone():
                    before = last_event()
                    may = not is_refused(act, by)
                    written = Event.objects.filter(pk__gt=before, is_read=False, actor_person_id=by.person_id)
                    if duty.is_about_people:
                        written = written.filter(subject_person_id__isnull=False)
                    if may != (role in duty.roles):
                        wrong.setdefault(name, []).append(role.value)
                    elif may and not written.exists():
                        silent.append(name)
    assert wrong == {}
    assert sorted(set(silent)) == []


TIES = ("self", "acts for the carer", "the carer acts for them")


def tied(stage: Stage, role: RoleKind, tie: str) -> Viewer:
    """A member of staff whose matter it is; who has no account yet cannot ask for one themself."""
    carer = stage.subject or stage.person
    if tie == "self" and stage.subject is None:
        return factories.viewer(carer, role)
    colleague = factories.person(stage.place, "Virka", "Sukulainen")
    agent, principal = (carer, colleague) if tie == "the carer acts for them" else (colleague, carer)
    factories.representation(agent, principal)
    return factories.viewer(colleague, role)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_nobody_handles_their_own_matter_or_that_of_somebody_they_are_tied_to(share: int) -> None:
    place = factories.county()
    allowed = []
    for name in [name for name, duty in DUTIES.items() if duty.is_about_people][share::SHARES]:
        with undone():
            stage = Stage(place)
            if name == "make_account":
                stage.subject = factories.person(place, "Testi", "Sukulainen")
            act = stage.of(name)
            for tie in TIES:
                with undone():
                    by = tied(stage, min(DUTIES[name].roles), tie)  # roles are tried above: here one that may
                    if not is_refused(act, by):
                        allowed.append((name, tie))
    assert allowed == []


def second_acts() -> Mapping[str, str]:
    return {name: duty.second_of for name, duty in DUTIES.items() if duty.second_of}


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("name", second_acts())
def test_who_did_the_first_never_does_the_second(name: str) -> None:
    """Also the same person in another role of the same account."""
    place = factories.county()
    allowed = []
    for first in sorted(DUTIES[second_acts()[name]].roles):
        with undone():
            stage = Stage(place)
            proposer = staff(place, first)
            act = getattr(stage, name)(proposer)
            for second in sorted(DUTIES[name].roles):
                with undone():
                    again = factories.viewer(Person.objects.get(pk=proposer.person_id), second)
                    try:
                        act(again)
                    except Refusal:
                        continue
                    allowed.append((first.value, second.value))
    assert allowed == []
