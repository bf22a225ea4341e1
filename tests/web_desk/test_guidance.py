"""What an organisation adds to an instruction: written on the desk, read by its own people (HELP-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import factories
from tests.web_desk import scene

if TYPE_CHECKING:
    from django.test import Client

WRITTEN, READ = "/desk/instructions/paper/", "/help/paper/"


def test_an_addition_is_read_by_the_organisations_own_people_and_brings_no_script(
    desk: Client, may: scene.Scene, client: Client
) -> None:
    assert WRITTEN in desk.get(READ).content.decode()
    added = {"fi": "Palauta **Kuusikujalle**.", "sv": "Lämna in på <script>alert(1)</script> Granvägen.", "en": ""}
    assert desk.post(WRITTEN, added).status_code == 302

    swedish = scene.signed_in(may.carers[0], "sv").get(READ).content.decode()
    assert "Granvägen" in swedish
    assert "<script>alert" not in swedish
    assert "<strong>Kuusikujalle</strong>" in scene.signed_in(may.carers[0], "fi").get(READ).content.decode()
    elsewhere = scene.signed_in(factories.carer(factories.city()), "sv").get(READ).content.decode()
    assert "Granvägen" not in elsewhere
    assert "Granvägen" not in client.get(READ, headers={"accept-language": "sv"}).content.decode()
    assert WRITTEN not in swedish

    too_long = desk.post(WRITTEN, {**added, "en": "x" * 4001})
    assert too_long.status_code == 422
    assert "Granvägen" in too_long.context["form"]["sv"].value()
