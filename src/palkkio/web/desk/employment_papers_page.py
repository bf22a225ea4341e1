"""Values of the pages about papers of employments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.contracts.papers import PaperKind
from palkkio.web.decision_words import span
from palkkio.web.desk.documents_page import handling_facts
from palkkio.web.paper_words import KINDS, state_chip
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Fact, Link, Row, Table

if TYPE_CHECKING:
    from palkkio.contracts.paper_models import Paper


def states() -> list[tuple[str, str]]:
    return [
        ("", _("Wait to be handled")),
        ("ending", _("End soon or have ended")),
        ("accepted", _("Accepted")),
        ("returned", _("Returned")),
        ("all", _("All")),
    ]


def table_of(papers: Iterable[Paper], *, today: date, whose: bool = False) -> Table:
    """Papers with their state; `whose`: with assistant and employer, where the page does not say."""
    columns = [
        Column(_("Paper"), place="title"),
        *([Column(_("Whose"), place="bare")] if whose else []),
        Column(_("Came")),
        Column(_("In force"), is_extra=True),
        Column(_("State"), place="side"),
    ]
    return Table(_("Papers"), columns, [_row(each, today, whose) for each in papers])


def _row(paper: Paper, today: date, whose: bool) -> Row:
    cells = [
        Cell(str(KINDS[paper.kind]), reverse("desk:employment-paper", args=[paper.pk])),
        *([whose_paper(paper)] if whose else []),
        Cell(wording.day(paper.came_on)),
        Cell(span(paper.standing.valid)),
        Cell(chips=[state_chip(paper, today)]),
    ]
    return Row(cells)


def whose_paper(paper: Paper) -> Cell:
    """The assistant with the employer below, or the employer of a membership."""
    if paper.contract is None:
        return Cell(paper.employer.name)
    return Cell(paper.contract.carer.name, note=_("employer %(name)s") % {"name": paper.employer.name})


def facts_of(paper: Paper, today: date) -> list[Fact]:
    facts = [
        Fact(_("Employer"), paper.employer.name, href=reverse("desk:person", args=[paper.employer_id])),
        Fact(_("Came"), wording.day(paper.came_on), note=_("from %(name)s") % {"name": paper.sent_by.name}),
        Fact(_("State"), state_chip(paper, today).text, note=span(paper.standing.valid)),
    ]
    if paper.contract is not None:
        carer = paper.contract.carer
        facts.insert(0, Fact(_("Assistant"), carer.name, href=reverse("desk:person", args=[carer.pk])))
        contract = reverse("desk:contract", args=[paper.contract_id])
        facts.insert(2, Fact(_("Contract"), paper.contract.number, href=contract))
    return facts + handling_facts(paper.standing)


def links_of(paper: Paper) -> list[Link]:
    """Where the matter of the paper is entered."""
    contract, person = paper.contract_id, paper.person_id
    places = {
        PaperKind.TAX_CARD: (_("Record the card"), "desk:add-tax-card", (person,)),
        PaperKind.DUES: (_("Record the authorisation"), "desk:add-dues", (person,)),
        PaperKind.CERTIFICATE: (_("Record the illness"), "desk:record-event", (contract, "sick")),
        PaperKind.PAY_GROUP_NOTICE: (_("Decisions and pay groups"), "desk:employer-decisions", (paper.employer_id,)),
        PaperKind.NOTICE_OF_END: (_("End the contract"), "desk:end-contract", (contract,)),
        PaperKind.CONTRACT: (_("Open the contract"), "desk:contract", (contract,)),
        PaperKind.HETA_MEMBERSHIP: (_("Open the employer"), "desk:person", (paper.employer_id,)),
    }
    text, view, args = places[PaperKind(paper.kind)]
    return [Link(text, reverse(view, args=list(args)))]


def files_of(paper: Paper) -> list[Fact]:
    """The paper, and of a membership the receipt of its fee."""

    def place(part: str) -> str:
        return reverse("desk:employment-paper-file", args=[paper.pk, part])

    files = [Fact(_("Open the paper"), paper.document.file_name, href=place("paper"))]
    if paper.receipt is not None:
        files.append(Fact(_("Open the receipt"), paper.receipt.file_name, href=place("receipt")))
    return files


def accept_help(paper: Paper) -> str:
    if paper.kind == PaperKind.HETA_MEMBERSHIP:
        return _("Accepting records the membership with these days on all contracts of the employer.")
    return _("Accept the paper when its matter is entered where it belongs.")
