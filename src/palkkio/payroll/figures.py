"""What the page of a run and its gate ask of all its proposals, added up.

Each part of the calculation keeps the figures of its contracts, in the transaction that writes them; who changes a
proposal afterwards lets the part forget them, and the next look reads and keeps them again. So page and gate add up
some rows, however many payees a run has. Amounts are cents, as JSON keeps them exactly.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from palkkio.organisations.asking import rows_of
from palkkio.payroll.candidates import Scope
from palkkio.payroll.models import Run, RunPart, SetAside
from palkkio.payroll.parts import CALCULATE
from palkkio.payroll.proof_rules import PAID_ONCE, FindingKind, Row, findings_of, oddities_of

SUMS = ("gross", "reimbursements", "withholding", "pension", "other_deductions", "net", "receivable")
MOST_SHOWN = 5  # of a problem, or of a kind of oddity
LAST = "9999"  # after any day

# What ranks something, the first first; the proposal's id comes last.
Ranked = list[int]


@dataclass(slots=True)
class OfProblem:
    """The contracts that have one problem."""

    first_day: str = ""  # ISO; empty: of no day
    contracts: int = 0
    open: int = 0
    set_aside: int = 0
    cents: int = 0  # gross of the open ones
    shown: list[Ranked] = field(default_factory=list)

    def add(self, other: OfProblem) -> None:
        self.first_day = min(filter(None, (self.first_day, other.first_day)), default="")
        self.contracts += other.contracts
        self.open += other.open
        self.set_aside += other.set_aside
        self.cents += other.cents
        self.shown = sorted(self.shown + other.shown)[:MOST_SHOWN]


@dataclass(slots=True)
class Figures:
    """Of some proposals that hold all contracts of their payees."""

    proposed: int = 0
    left_out: int = 0
    blocked: int = 0
    payees: int = 0  # who get something
    contracts: int = 0  # that pay something
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SUMS, 0))  # of what is not left out
    wrong_sums: int = 0  # proposals whose frozen lines and deductions do not add up to gross and net
    codes: list[str] = field(default_factory=list)  # "kind CODE" of contracts with lines or deductions of a code
    causes: dict[str, list[int]] = field(default_factory=dict)  # cents and contracts
    problems: dict[str, OfProblem] = field(default_factory=dict)  # by code and figure with a space between them
    odd: dict[str, list[Ranked]] = field(default_factory=dict)  # by OddityKind
    found: dict[str, list[Ranked]] = field(default_factory=dict)  # by FindingKind: all

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Figures:
        problems = {key: OfProblem(**each) for key, each in kept["problems"].items()}
        return cls(**{**kept, "problems": problems})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def add(self, other: Figures) -> None:
        for name in ("proposed", "left_out", "blocked", "payees", "contracts", "wrong_sums"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, cents in other.sums.items():
            self.sums[name] += cents
        self.codes = sorted({*self.codes, *other.codes})
        for kind, (cents, contracts) in other.causes.items():
            known = self.causes.get(kind, [0, 0])
            self.causes[kind] = [known[0] + cents, known[1] + contracts]
        for key, problem in other.problems.items():
            self.problems.setdefault(key, OfProblem()).add(problem)
        for kind, ranked in other.odd.items():
            self.odd[kind] = sorted(self.odd.get(kind, []) + ranked)[:MOST_SHOWN]
        for kind, ranked in other.found.items():
            self.found[kind] = sorted(self.found.get(kind, []) + ranked)

    @property
    def posting_codes(self) -> set[tuple[str, str]]:
        """(kind of contract, line or deduction code) of what is proposed to be paid."""
        return {(kind, code) for kind, code in map(str.split, self.codes)}

    def agrees_with(self, run: Run) -> bool:
        """True if the proposals, as they stand, are as many and add up to the same; one look at narrow columns."""
        [totals] = rows_of(_TOTALS, run=run.pk)
        return totals == (self.proposed, self.left_out, self.blocked, *self.sums.values())


def euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


# --- Kept -------------------------------------------------------------------------------------------------------------


def figures_of(run: Run) -> Figures:
    """Of all proposals of a run; while it is calculated, of the parts that are done."""
    parts = RunPart.objects.filter(run=run, step=CALCULATE)
    if run.state == Run.State.CALCULATING:
        parts = parts.filter(proposal=run.proposal, figures__isnull=False)
    kept = list(parts.order_by("number").values_list("figures", flat=True))
    if run.state == Run.State.PROPOSED and None in kept:
        return added(_read_forgotten(run))
    if run.state != Run.State.CALCULATING and (None in kept or not kept):
        return read(run)  # calculated before parts kept them
    return added(Figures.from_json(each) for each in kept if each is not None)


def added(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for each in parts:
        whole.add(each)
    return whole


def forget(run: Run, contract_ids: Collection[int]) -> None:
    """Some contracts' proposals were written again after the calculation: their parts are read when somebody asks.

    What the part had read of the facts is not what these were computed from.
    """
    parts = RunPart.objects.filter(run=run, step=CALCULATE, ids__overlap=list(contract_ids))
    parts.update(reading="", figures=None)


@transaction.atomic
def _read_forgotten(run: Run) -> list[Figures]:
    """Figures of a proposed run's parts. Those that were forgotten are read, and kept while nobody writes proposals.

    Who writes some holds the run and counts its proposal up. Such a change is not waited for: the next look keeps.
    """
    standing = Run.objects.filter(pk=run.pk, state=Run.State.PROPOSED, proposal=run.proposal)
    is_held = bool(standing.select_for_update(no_key=True, skip_locked=True).values_list("pk"))
    found = []
    for part in RunPart.objects.filter(run=run, step=CALCULATE).order_by("number").only("ids", "figures"):
        if part.figures is not None:
            found.append(Figures.from_json(part.figures))
            continue
        found.append(read(run, part.ids))
        if is_held:
            RunPart.objects.filter(pk=part.pk).update(figures=found[-1].to_json())
    return found


# --- Read -------------------------------------------------------------------------------------------------------------

_TOTALS = f"""
    SELECT count(*), count(*) FILTER (WHERE is_left_out), count(*) FILTER (WHERE is_blocked),
           {", ".join(f"coalesce(sum({name}) FILTER (WHERE NOT is_left_out) * 100, 0)::bigint" for name in SUMS)}
      FROM payroll_proposal WHERE run_id = %(run)s
"""  # noqa: S608  # names of our own

_ROWS = f"""
    SELECT proposal.id, proposal.contract_id, proposal.person_id, contract.recipient_id, contract.kind,
           proposal.period::text, proposal.position, proposal.is_left_out, proposal.is_held, proposal.is_blocked,
           {", ".join(f"(proposal.{name} * 100)::bigint" for name in SUMS)},
           (proposal.gross_before * 100)::bigint, (proposal.correction * 100)::bigint, proposal.days::float,
           proposal.causes::text, proposal.problems::text,
           proposal.gross <> lines.amount OR proposal.gross - proposal.net <> deductions.amount,
           lines.outside, concat_ws(' ', lines.codes, deductions.codes)
      FROM payroll_proposal proposal
      JOIN contracts_contract contract ON contract.id = proposal.contract_id
           CROSS JOIN LATERAL (
               SELECT coalesce(sum(line.amount), 0) AS amount,
                      string_agg(line.code, ' ') AS codes,
                      coalesce(bool_or(line.amount > 0 AND line.code NOT IN ('ONE_OFF', 'RECOVERY')
                          AND NOT contract.valid && daterange((line.period ->> 'first')::date,
                                                              (line.period ->> 'last')::date, '[]')),
                               false) AS outside
                 FROM jsonb_to_recordset(proposal.result -> 'lines') AS line (code text, amount numeric, period jsonb)
           ) AS lines
           CROSS JOIN LATERAL (
               SELECT coalesce(sum(part.amount), 0) AS amount, string_agg(part.code, ' ') AS codes
                 FROM jsonb_to_recordset(proposal.result -> 'deductions') AS part (code text, amount numeric)
           ) AS deductions
     WHERE proposal.run_id = %(run)s AND (%(contracts)s::bigint[] IS NULL OR proposal.contract_id = ANY(%(contracts)s))
"""  # noqa: S608  # names of our own


def read(run: Run, contract_ids: Collection[int] | None = None) -> Figures:
    """From the proposals as they are frozen. `contract_ids`: all of some payees; None: all of the run."""
    return of_rows(run, _rows(run, contract_ids))


def of_rows(run: Run, rows: Iterable[Row]) -> Figures:
    """Of some proposals that hold all contracts of their payees."""
    aside = set(SetAside.objects.filter(run=run).values_list("contract_id", "code"))
    return figures_of_rows(rows, aside, Scope.of(run))


def _rows(run: Run, contract_ids: Collection[int] | None) -> Iterator[Row]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"run": run.pk, "contracts": None if contract_ids is None else list(contract_ids)})
        while some := cursor.fetchmany(1000):
            yield from (Row(*row) for row in some)


def figures_of_rows(rows: Iterable[Row], aside: Collection[tuple[int, str]], scope: Scope) -> Figures:
    """Pure: rows and problems set aside to figures."""
    figures = Figures()
    paid: list[Row] = []
    for row in rows:
        figures.proposed += 1
        figures.blocked += row.is_blocked
        if row.causes != "{}":
            _add_causes(figures, row)
        if row.problems != "[]":
            _add_problems(figures, row, aside)
        if not row.is_left_out:
            paid.append(row)
    figures.left_out = figures.proposed - len(paid)
    figures.payees = len({row.person_id for row in paid if row.gross > 0})
    figures.contracts = sum(row.gross > 0 for row in paid)
    figures.sums = {name: sum(map(attrgetter(name), paid)) for name in SUMS}
    figures.wrong_sums = sum(row.is_wrong for row in paid)
    figures.codes = sorted(
        {f"{kind} {code}" for kind, codes in {(row.kind, row.codes) for row in paid} for code in codes.split()}
    )
    _add_noticed(figures, paid, scope)
    for ranked in [*(each.shown for each in figures.problems.values()), *figures.odd.values()]:
        ranked[:] = sorted(ranked)[:MOST_SHOWN]
    for ranked in figures.found.values():
        ranked.sort()
    return figures


def _add_noticed(figures: Figures, paid: Iterable[Row], scope: Scope) -> None:
    same_care: dict[tuple[int, int, str, str], list[Row]] = defaultdict(list)
    full_month = {kind: scope.care_month(kind).days for kind in scope.until_by_kind}
    for row in paid:
        if row.recipient_id is not None and row.kind in PAID_ONCE and row.gross > 0:
            same_care[row.person_id, row.recipient_id, row.kind, row.period].append(row)
        for odd, rank, cents in oddities_of(row, full_month.get(row.kind)):
            figures.odd.setdefault(odd.value, []).append([rank, row.position, cents, row.id])
        for found, rank in findings_of(row):
            figures.found.setdefault(found.value, []).append([rank, row.position, row.id])
    for twice in same_care.values():
        if len(twice) > 1:
            figures.found.setdefault(FindingKind.PAID_TWICE.value, []).extend(
                [-row.gross, row.position, row.id] for row in twice
            )


def _add_causes(figures: Figures, row: Row) -> None:
    for kind, amount in json.loads(row.causes).items():
        known = figures.causes.get(kind, [0, 0])
        figures.causes[kind] = [known[0] + int(Decimal(amount).scaleb(2)), known[1] + 1]


def _add_problems(figures: Figures, row: Row, aside: Collection[tuple[int, str]]) -> None:
    for key, code, day in _problems(row.problems):
        problem = figures.problems.get(key)
        if problem is None:
            problem = figures.problems[key] = OfProblem()
        if day and (not problem.first_day or day < problem.first_day):
            problem.first_day = day
        problem.contracts += 1
        if (row.contract_id, code) in aside:
            problem.set_aside += 1
        elif not row.is_held:
            problem.open += 1
            problem.cents += row.gross
        problem.shown.append([int(row.is_left_out), -row.gross, row.position, row.id])


@lru_cache(maxsize=1024)
def _problems(text: str) -> tuple[tuple[str, str, str], ...]:
    """Key, code and first day of each problem of a proposal, once; most proposals that have some have the same."""
    found: dict[str, tuple[str, str, str]] = {}
    for each in sorted(json.loads(text), key=lambda problem: problem["day"] or LAST):
        key = f"{each['code']} {each['figure']}"
        found.setdefault(key, (key, each["code"], each["day"] or ""))
    return tuple(found.values())
