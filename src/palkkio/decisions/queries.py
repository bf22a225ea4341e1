"""Reads decisions: for an assistant names alone, for the employer and staff what is granted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from palkkio.calculation.assistance.granted import Granted, Per, in_force, windows_of
from palkkio.core.days import Dated, DateRange, cut, value_on
from palkkio.core.viewer import Viewer
from palkkio.decisions import access
from palkkio.decisions.models import Decision, DecisionVersion, PayGroupDecision, PayGroupNotice
from palkkio.formats.decision import DecisionToTell
from palkkio.people import queries as people

ORDERS = {
    "employer": ("employer__sort_key", "employer", "group", "order"),
    "-employer": ("-employer__sort_key", "-employer", "group", "order"),
    "last": ("last_day", "employer__sort_key", "pk"),
    "-last": ("-last_day", "employer__sort_key", "pk"),
}
STATES = ("valid", "coming", "ended")


@dataclass(frozen=True, slots=True)
class DecisionRef:
    """All that an assistant may know of a decision (EMP-4)."""

    id: int
    identifier: str
    name: str


# --- For everybody ---------------------------------------------------------------------------------------------------


def valid_on_days(employer_id: int | None, days: Collection[date]) -> dict[date, list[DecisionRef]]:
    """Decisions in force on each of the days, by identifier: no hours, and nothing that depends on them.

    One query for any number of days. Nobody's decisions are none. The caller has checked that the viewer works for the
    employer.
    """
    versions = DecisionVersion.objects.filter(decision__employer_id=employer_id or 0)
    rows = versions.order_by("decision__group", "decision__order", "number").values_list(
        "decision_id", "decision__group", "decision__order", "decision__name", "first", "last"
    )
    pieces = [
        (DecisionRef(pk, f"{group}.{order}", name), in_force((DateRange.of_days(*each[4:]), True) for each in found))
        for (pk, group, order, name), found in groupby(rows, key=lambda each: each[:4])
    ]
    return {day: [ref for ref, found in pieces if value_on(found, day)] for day in days}


# --- For the employer and staff --------------------------------------------------------------------------------------


def granted(viewer: Viewer, employer_id: int) -> tuple[Granted, ...]:
    """As `grants_of` the employer's decisions. Raises NotAllowed, for an assistant always."""
    return grants_of(decisions_of(viewer, employer_id))


def decisions_of(viewer: Viewer, employer_id: int) -> list[Decision]:
    """The employer's decisions with their versions, by identifier. Raises NotAllowed, for an assistant always."""
    access.employer(viewer, employer_id)
    rows = access.decisions(viewer).filter(employer_id=employer_id).order_by("group", "order")
    return list(rows.select_related(None).prefetch_related("versions"))


def grants_of(decisions: Iterable[Decision]) -> tuple[Granted, ...]:
    """What decisions grant, by the days on which each version is in force, for `calculation.assistance.alerts`."""
    return tuple(_granted(each, piece) for each in decisions for piece in timeline(each.versions.all()))


def decision_to_tell(decision_id: int, at: datetime) -> DecisionToTell:
    """What a letter tells of a decision: the version that was recorded last at a moment."""
    rows = DecisionVersion.objects.filter(decision=decision_id, recorded_at__lte=at).select_related("decision")
    version = rows.order_by("-number")[0]
    return DecisionToTell(
        identifier=version.decision.identifier,
        name=version.decision.name,
        valid=version.days,
        hours=version.hours,
        per=version.per,
        period_weeks=version.period_weeks,
        weekdays=tuple(version.weekdays),
        clock_times=version.clock_times,
        two_at_once=version.two_at_once,
        ground=version.ground,
        office_holder=version.office_holder,
        decided_on=version.decided_on,
    )


def timeline(versions: Iterable[DecisionVersion]) -> list[Dated[DecisionVersion]]:
    """The versions of one decision, each on the days on which it is in force."""
    ordered = sorted(versions, key=lambda each: each.number)
    return in_force((each.days, each) for each in ordered)


def days_of(versions: Iterable[DecisionVersion]) -> DateRange | None:
    """From the first day of a decision to its last."""
    pieces = timeline(versions)
    return DateRange(pieces[0].valid.start, pieces[-1].valid.end) if pieces else None


def version_on(versions: Iterable[DecisionVersion], day: date) -> DecisionVersion | None:
    return value_on(timeline(versions), day)


def search(
    viewer: Viewer,
    *,
    words: str = "",
    state: str = "",
    group: int | None = None,
    ends: DateRange | None = None,
    order: str = "employer",
    today: date,
) -> QuerySet[Decision]:
    """Decisions with `last_day` and `first_day` of the latest version, by words of the employer's name.

    state  one of STATES on `today`; any other: all
    ends   those whose last day is one of these; None: all. Raises ValueError if it is open
    """
    rows = access.decisions(viewer)
    if words.strip():
        rows = rows.filter(employer__in=people.matching(viewer.organisation_id, words))
    if group is not None:
        rows = rows.filter(group=group)
    latest = DecisionVersion.objects.filter(decision=OuterRef("pk")).order_by("-number")
    begun = DecisionVersion.objects.filter(decision=OuterRef("pk"), first__lte=today)
    rows = rows.annotate(last_day=Subquery(latest.values("last")[:1]), first_day=Subquery(latest.values("first")[:1]))
    if ends is not None:
        rows = rows.filter(last_day__gte=ends.edges[0], last_day__lt=ends.edges[1])
    if state == "valid":
        rows = _in_force_on(rows, today)
    elif state == "coming":
        rows = rows.filter(~Exists(begun))
    elif state == "ended":
        rows = rows.filter(Exists(begun)).exclude(pk__in=_in_force_on(Decision.objects.all(), today).values("pk"))
    return rows.prefetch_related("versions").order_by(*ORDERS.get(order, ORDERS["employer"]))


def pay_groups_by_assistant(
    pairs: Collection[tuple[int, int]], days: DateRange
) -> dict[tuple[int, int], list[Dated[str]]]:
    """Pay groups above A by employer and assistant, on the days of the decision from the notice on (EMP-10).

    One query. Where two decisions hold at once the later one counts. Raises ValueError if `days` is open.
    """
    rows = PayGroupNotice.objects.filter(
        decision__employer_id__in={employer for employer, _assistant in pairs},
        assistant_id__in={assistant for _employer, assistant in pairs},
    ).order_by("decision__first", "decision_id")
    found: dict[tuple[int, int], list[Dated[str]]] = defaultdict(list)
    columns = ("decision__employer_id", "assistant_id", "decision__pay_group", "first", "decision__last")
    for employer, assistant, group, first, last in rows.values_list(*columns):
        if held := DateRange.of_days(first, last).overlap(days):
            found[employer, assistant].append(Dated(held, group))
    return {pair: _one_at_a_time(held, days) for pair, held in found.items()}


def noticed_since(organisation_id: int, since: datetime) -> list[tuple[int, int]]:
    """Employer and assistant of the pay group notices that were recorded since a moment."""
    rows = PayGroupNotice.objects.filter(organisation_id=organisation_id, recorded_at__gte=since)
    return list(rows.values_list("decision__employer_id", "assistant_id"))


def pay_groups_of(viewer: Viewer, employer_id: int) -> list[PayGroupDecision]:
    """Newest first, with their notices. Raises NotAllowed."""
    access.employer(viewer, employer_id)
    rows = access.pay_groups(viewer).filter(employer_id=employer_id)
    return list(rows.prefetch_related("notices__assistant").order_by("-first", "-pk"))


# --- Parts -----------------------------------------------------------------------------------------------------------


def _in_force_on(rows: QuerySet[Decision], day: date) -> QuerySet[Decision]:
    """The latest of the versions that have begun decides; it may have ended."""
    begun = DecisionVersion.objects.filter(decision=OuterRef("pk"), first__lte=day).order_by("-number")
    rows = rows.alias(deciding=Subquery(begun.values("pk")[:1]))
    going_on = DecisionVersion.objects.filter(pk=OuterRef("deciding")).filter(Q(last__isnull=True) | Q(last__gte=day))
    return rows.filter(Exists(going_on))


def _one_at_a_time(held: list[Dated[str]], days: DateRange) -> list[Dated[str]]:
    """`days` cut so that on each one value holds, the last of those that would."""
    edges = {edge for each in held for edge in each.valid.edges}
    pieces = ((piece, [each.value for each in held if piece.edges[0] in each.valid]) for piece in cut(days, edges))
    return [Dated(piece, values[-1]) for piece, values in pieces if values]


def _granted(decision: Decision, piece: Dated[DecisionVersion]) -> Granted:
    version = piece.value
    return Granted(
        decision.identifier,
        piece.valid,
        version.hours,
        Per(version.per) if version.per else Per.TOTAL,
        period_weeks=version.period_weeks or 1,
        counted_from=version.first,
        weekdays=frozenset(version.weekdays),
        windows=windows_of(version.clock_times),
        two_at_once=version.two_at_once,
    )
