"""Payslips, decisions and notices as letters: printed in one batch, or by Suomi.fi Messages (ACC-11)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from django.core import mail

from palkkio.adapters.suomifi_messages import sandbox
from palkkio.adapters.suomifi_messages.client import MessagesError
from palkkio.adapters.suomifi_messages.settings import read_services
from palkkio.audit.models import Event
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.formats.pdf import DocumentError
from palkkio.formats.pdf.letter import LETTERS
from palkkio.formats.wording import LANGUAGES, words
from palkkio.messages import actions, letter_files, posting
from palkkio.messages.letter_files import CANCELLED, NOT_SET, in_one, pdf_of
from palkkio.messages.models import Letter, LetterPlace, Notice
from palkkio.messages.ways import AS_LETTERS
from palkkio.payroll import actions as payroll_actions
from palkkio.payroll import gate
from palkkio.payroll.models import Payslip, Run
from palkkio.people.models import Person
from palkkio.people.protection import set_protection
from tests import factories
from tests.apps.payroll.scene import payroll
from tests.factories import NOW
from tests.formats.values import identity_code

pytestmark = pytest.mark.django_db
BORN = date(1950, 1, 1)
HOME = {"street": "Mallitie 4", "postcode": "00100", "town": "Mallila"}


@dataclass
class Post:
    """A county whose letters go to the sandbox."""

    place: factories.Place
    server: sandbox.Sandbox
    folder: Path

    def person(self, serial: int, choice: str = "suomifi", **values: Any) -> Person:
        code = identity_code(BORN, serial)
        name = f"Vastaanottaja{chr(ord('a') + serial - 900)}"
        person = factories.person(self.place, "Testi", name, identity_code=code, born=BORN, **HOME | values)
        if choice:
            actions.choose_letters(person.pk, choice, by=self.place.maker, at=NOW)
        return person

    def tell(self, person: Person) -> None:
        """The bank returned a payment of the person."""
        actions.notify(person.pk, Notice.Kind.PAYMENT_RETURNED, 1, "k", at=NOW)

    def letter(self, person: Person) -> Letter:
        self.tell(person)
        return Letter.objects.get(notice__person=person)

    def goes(self) -> None:
        """What the worker does each minute."""
        posting.send_letters(self.place.id, at=NOW)
        posting.read_events(self.place.id, at=NOW)


@pytest.fixture
def post(tmp_path: Path, settings: Any) -> Iterator[Post]:
    with sandbox.running(tmp_path) as server:
        settings.PALKKIO_SUOMIFI_MESSAGES = read_services(server.settings(), production=False)
        yield Post(factories.county(), server, tmp_path)


def states() -> dict[str, str]:
    rows = Letter.objects.values_list("notice__person__family_name", "state", "trouble")
    return {str(900 + ord(name[-1]) - ord("a")): f"{state} {trouble}".strip() for name, state, trouble in rows}


def test_each_letter_goes_its_persons_way_and_says_what_became_of_it(post: Post) -> None:
    """A mailbox in use, paper by the service, the desk's printer; who reads in Palkkio gets none."""
    post.person(902), post.person(903), post.person(905, "printed"), post.person(904, "")
    post.person(906, "", uses_paper=True), post.person(907, "palkkio", uses_paper=True)
    for person in Person.objects.filter(family_name__startswith="Vastaanottaja"):
        post.tell(person)
    assert states() == dict.fromkeys(("902", "903", "905", "906"), "waiting")
    post.goes()
    assert states() == {"902": "read", "903": "printed", "905": "waiting", "906": "waiting"}
    assert len(post.server.store.messages()) == 2
    post.goes()
    assert len(post.server.store.messages()) == 2
    assert Event.objects.filter(action="send_letter").count() == 2


def test_what_is_refused_or_comes_back_waits_for_a_clerk_who_sends_it_again_or_prints_it(post: Post) -> None:
    refused, returned, hidden, unknown = post.person(902), post.person(903), post.person(905), post.person(907)
    set_protection(hidden, by=post.place.second, at=NOW, first=factories.TODAY)
    Person.objects.filter(pk=unknown.pk).update(street="")
    faults = {refused.identity_code: "refused", returned.identity_code: "returned"}
    (post.folder / sandbox.FAULTS).write_text(json.dumps(faults))
    letters = {each.pk: post.letter(each) for each in (refused, returned, hidden, unknown)}
    post.goes()
    told = states()
    assert told["902"] == "failed The end user cannot receive messages"
    assert told["903"].startswith("failed The post returned the letter")
    assert told["905"].startswith("failed The receiver has no mailbox in use, and no address that may stand on paper")
    assert told["907"].startswith("failed The receiver has no mailbox in use")

    (post.folder / sandbox.FAULTS).write_text("{}")
    clerk = factories.clerk(post.place)
    for person in (refused, returned):
        actions.send_letter_again(letters[person.pk].pk, by=clerk, at=NOW)
    actions.print_instead(letters[hidden.pk].pk, by=clerk, at=NOW)
    post.goes()
    assert states() | {"907": ""} == {"902": "read", "903": "printed", "905": "waiting", "907": ""}
    ids = [each.external_id.rsplit("-", 1)[1] for each in post.server.store.messages() if each.is_paper]
    assert ids == ["0", "1"]  # what came back is a new message
    with pytest.raises(WrongState):
        actions.send_letter_again(letters[refused.pk].pk, by=clerk, at=NOW)
    with pytest.raises(WrongState):
        actions.mark_told(letters[refused.pk].pk, by=clerk, at=NOW, means="phone")


def test_what_the_desk_has_told_of_is_not_made_undone_by_an_old_message(post: Post) -> None:
    returned = post.person(903)
    (post.folder / sandbox.FAULTS).write_text(json.dumps({returned.identity_code: "returned"}))
    letter = post.letter(returned)
    post.goes()
    actions.mark_told(letter.pk, by=factories.clerk(post.place), at=NOW, means="letter")
    LetterPlace.objects.update(place="")
    post.goes()  # what the post had said is heard once more
    assert states() == {"903": "printed"}


def test_a_service_that_is_away_is_told_on_the_letter_and_asked_again(post: Post) -> None:
    post.tell(post.person(902))
    post.server.failures = 1
    with pytest.raises(MessagesError):
        post.goes()
    assert states() == {"902": "waiting Suomi.fi Messages does not let us in: HTTP 503"}
    post.goes()
    assert states() == {"902": "read"}


def test_a_letter_whose_answer_was_lost_is_sent_once(post: Post) -> None:
    """M6: the second try hears 409 and the number of the message."""
    letter = post.letter(post.person(902))
    post.server.forgets_to_answer = 1
    with pytest.raises(MessagesError):
        post.goes()
    post.goes()
    letter.refresh_from_db()
    (taken,) = post.server.store.messages()
    assert (letter.message_id, letter.state) == (taken.id, "read")


def test_events_are_read_on_from_their_place_and_never_go_back(post: Post) -> None:
    letter = post.letter(post.person(902))
    post.goes()
    assert LetterPlace.objects.get().place == "2"
    LetterPlace.objects.update(place="")
    post.goes()  # the same events again
    letter.refresh_from_db()
    assert letter.state == "read"


def test_letters_that_wait_are_printed_in_one_batch_each_on_a_sheet_of_its_own(post: Post) -> None:
    first, second = post.letter(post.person(905, "printed")), post.letter(post.person(906, "printed", language="sv"))
    clerk = factories.clerk(post.place)
    own = factories._person(clerk.person_id)
    Person.objects.filter(pk=own.pk).update(uses_paper=True)
    mine = post.letter(own)
    batch = actions.print_letters(by=clerk, at=NOW)
    assert sorted(batch.letters.values_list("pk", flat=True)) == [first.pk, second.pk]
    assert set(batch.letters.values_list("state", "means", "told_by")) == {("printed", "letter", clerk.account_id)}
    rows = batch.letters.select_related("notice__person", "file").order_by("pk")
    printed = pypdf.PdfReader(io.BytesIO(in_one(rows, at=NOW)))
    assert len(printed.pages) == 4  # each of one page, and a blank back
    assert "Pankkisi ei voinut ottaa maksua vastaan" in printed.pages[0].extract_text()
    assert "Din bank kunde inte ta emot betalningen" in printed.pages[2].extract_text()
    mine.refresh_from_db()
    assert mine.state == "waiting"  # one's own is left to a colleague
    with pytest.raises(WrongState):
        actions.print_letters(by=clerk, at=NOW)


def test_each_letter_is_an_accessible_pdf_made_once(post: Post) -> None:
    letter = post.letter(post.person(905, "printed"))
    content = pdf_of(letter, at=NOW)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fi-FI"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    again = Letter.objects.select_related("file").get(pk=letter.pk)
    assert pdf_of(again, at=NOW + timedelta(days=1)) == content


def test_there_are_words_for_every_letter_in_three_languages() -> None:
    kinds = {str(each) for each in AS_LETTERS}
    assert kinds == {*LETTERS, "payslip_ready"}
    for language in LANGUAGES:
        for kind in kinds:
            for part in ("title", "what", "right", "wrong"):
                assert words(language).get(f"letter.{kind}.{part}"), (language, kind, part)


def test_e_mail_says_nothing_of_what_the_letter_says(post: Post) -> None:
    """By e-mail only without personal data."""
    person = post.person(902, email="testi@testi.example")
    post.tell(person)
    actions.email_notices(post.place.id, at=NOW)
    (sent,) = mail.outbox
    for words_of in (person.family_name, person.identity_code, "palautti", "Mallitie"):
        assert words_of not in f"{sent.subject} {sent.body}"


def test_without_a_way_to_the_service_its_letters_are_printed(post: Post, settings: Any) -> None:
    person = post.person(902)
    settings.PALKKIO_SUOMIFI_MESSAGES = {}
    letter = post.letter(person)
    assert (letter.way, posting.send_letters(post.place.id, at=NOW)) == ("printed", 0)
    assert posting.read_events(post.place.id, at=NOW) == 0


def test_staff_choose_how_letters_go_but_not_their_own_nor_anything_else(post: Post) -> None:
    person = post.person(902)
    with pytest.raises(InvalidInput):
        actions.choose_letters(person.pk, "dove", by=post.place.maker, at=NOW)
    own = factories.viewer(person, RoleKind.PAYROLL_CLERK)
    with pytest.raises(NotAllowed):
        actions.choose_letters(person.pk, "printed", by=own, at=NOW)
    with pytest.raises(NotAllowed):
        actions.choose_letters(person.pk, "printed", by=factories.clerk(factories.city()), at=NOW)
    with pytest.raises(NotAllowed):
        actions.print_letters(by=factories.handler(post.place), at=NOW)


def payslips_to_print(place: factories.Place, people: int = 2) -> Run:
    """A produced run whose payees get their payslips on paper."""
    house = payroll(place)
    for number in range(people):
        code = identity_code(BORN, 910 + number)
        carer = factories.carer(place, f"Vastaanottaja{chr(ord('k') + number)}", identity_code=code, born=BORN, **HOME)
        actions.choose_letters(carer.person_id, "printed", by=place.maker, at=NOW)
        house.month(house.contract(carer=carer), 2)
    run = house.approve(house.propose())
    payroll_actions.produce_payslips(run.pk, at=NOW)
    payroll_actions.finish_run(run.pk, at=NOW)
    actions.tell_payslips_are_ready(run.pk, at=NOW)
    return run


def taken_back(run: Run) -> None:
    Payslip.objects.filter(run=run).update(is_cancelled=True)


def test_payslips_of_a_cancelled_run_are_not_sent_though_their_pdf_was_made(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run is cancelled until the bank has its file: what then waits is a payslip that does not hold."""
    monkeypatch.setattr(gate, "_checks", [])
    run = payslips_to_print(post.place)
    for letter in Letter.objects.all():
        pdf_of(letter, at=NOW)
    first, second = Letter.objects.order_by("pk")
    Letter.objects.filter(pk=first.pk).update(way="suomifi")
    other = post.letter(post.person(905, "printed"))
    taken_back(run)
    post.goes()
    batch = actions.print_letters(by=factories.clerk(post.place), at=NOW)
    assert list(batch.letters.all()) == [other]
    for each in (first, second):
        each.refresh_from_db()
        assert (each.state, each.trouble) == ("failed", CANCELLED)
    with pytest.raises(WrongState):  # none waits
        actions.print_letters(by=factories.clerk(post.place), at=NOW)


def test_a_batch_is_printed_without_what_was_taken_back_meanwhile_or_cannot_be_set(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_checks", [])
    run = payslips_to_print(post.place, people=1)
    bad, good = post.letter(post.person(905, "printed")), post.letter(post.person(906, "printed"))
    batch = actions.print_letters(by=factories.clerk(post.place), at=NOW)
    taken_back(run)
    cannot_be_set(monkeypatch, bad)
    rows = batch.letters.select_related("notice__person", "file").order_by("pk")
    printed = pypdf.PdfReader(io.BytesIO(in_one(rows, at=NOW)))
    assert "Vastaanottajag" in printed.pages[0].extract_text()
    assert len(printed.pages) == 2
    assert list(batch.letters.all()) == [good]
    left = dict(Letter.objects.exclude(pk=good.pk).values_list("trouble", "told_at"))
    assert left == {CANCELLED: None, NOT_SET: None}  # not posted, as the batch had said


def test_a_letter_that_cannot_be_set_waits_for_a_clerk_and_stops_no_other(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = post.letter(post.person(902)), post.letter(post.person(903))
    cannot_be_set(monkeypatch, bad)
    post.goes()
    assert states() == {"902": f"failed {NOT_SET}", "903": "printed"}
    assert good.pk > bad.pk


def cannot_be_set(monkeypatch: pytest.MonkeyPatch, letter: Letter) -> None:
    set_well, name = letter_files.letter_pdf, letter.notice.person.name

    def letter_pdf(value: Any, **values: Any) -> bytes:
        if value.to.name == name:
            raise DocumentError("no such glyph")
        return set_well(value, **values)

    monkeypatch.setattr(letter_files, "letter_pdf", letter_pdf)
