"""Menus of the doors."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from django.urls import include, path
from django.views.generic import View

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.web.ui import menus
from palkkio.web.ui.menus import MenuItem

pages = [path(f"d/{name}/", View.as_view(), name=name) for name in ("queue", "runs")]
urlpatterns = [
    path("d/", View.as_view(), name="home"),
    *pages,
    path("ui/", include("palkkio.web.ui.urls")),
]
pytestmark = pytest.mark.urls(__name__)


def viewer(role: RoleKind, roles_count: int = 1) -> Viewer:
    return Viewer(1, 1, 1, role, frozenset(), roles_count=roles_count)


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> Generator[list[Viewer]]:
    asked: list[Viewer] = []
    monkeypatch.setattr(menus, "_items", {})
    monkeypatch.setattr(menus, "_counts", {})

    def counts(who: Viewer) -> dict[str, int]:
        asked.append(who)
        return {"to_review": 41}

    menus.register(
        "desk",
        (
            MenuItem("Home", "home"),
            MenuItem("Queue", "queue", count="to_review"),
            MenuItem("Runs", "runs", roles=frozenset({RoleKind.PAYROLL_CLERK})),
        ),
        counts,
    )
    return asked


def test_a_reader_sees_the_items_of_the_own_role() -> None:
    assert [item.text for item in menus.draw("desk", viewer(RoleKind.HANDLER), "/d/")] == ["Home", "Queue"]
    assert [item.text for item in menus.draw("desk", viewer(RoleKind.PAYROLL_CLERK), "/d/")] == [
        "Home",
        "Queue",
        "Runs",
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/d/", ["page", "", ""]),
        ("/d/queue/", ["", "page", ""]),
        ("/d/queue/17/", ["", "true", ""]),
        ("/elsewhere/", ["", "", ""]),
    ],
)
def test_the_menu_says_where_one_is(address: str, expected: list[str]) -> None:
    drawn = menus.draw("desk", viewer(RoleKind.PAYROLL_CLERK), address)
    assert [item.current for item in drawn] == expected


def test_a_page_can_say_where_it_belongs() -> None:
    drawn = menus.draw("desk", viewer(RoleKind.PAYROLL_CLERK), "/elsewhere/", at="runs")
    assert [item.current for item in drawn] == ["", "", "true"]


def test_counts_are_asked_once_a_page(desk: list[Viewer]) -> None:
    assert [item.count for item in menus.draw("desk", viewer(RoleKind.HANDLER), "/d/")] == [0, 41]
    assert len(desk) == 1


def test_changing_role_is_offered_to_those_with_several() -> None:
    """ACC-6."""
    menus.register("user", (MenuItem("Change role", "home", shown=lambda who: who.roles_count > 1),))
    assert menus.draw("user", viewer(RoleKind.CARER, roles_count=1), "/") == []
    assert len(menus.draw("user", viewer(RoleKind.CARER, roles_count=2), "/")) == 1


def test_signing_out_is_for_those_signed_in() -> None:
    menus.register("user", (MenuItem("Sign out", "home", posts=True, signed_in=True),))
    assert menus.draw("user", None, "/") == []


def test_an_unknown_place_is_an_error() -> None:
    with pytest.raises(ValueError, match="No menu"):
        menus.register("side", ())
