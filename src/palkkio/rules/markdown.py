"""docs/rules.md, written from the rule files themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from palkkio.core.problems import PAYS_WHEN_SET_ASIDE, RED, ProblemCode
from palkkio.rules.figures import LAW, Series, Value, figure, files, keys_of
from palkkio.rules.profiles import choice_kinds, profile, profile_names
from palkkio.rules.tags import Tag
from palkkio.rules.yaml import read, take

READINGS = LAW.parent / "readings.yaml"

_TAGS = {
    Tag.V: "read in a source",
    Tag.V2: "read in a source, indirectly",
    Tag.S: "read in an organisation's own guide",
    Tag.R: "recalled, no source seen: pays with the yellow note RATE_NOT_VERIFIED",
    Tag.C: "computed, the official figure was not seen: never pays",
    Tag.CR: "computed from recalled figures: never pays",
    Tag.U: "unknown: never pays",
}


def readings() -> dict[str, dict[str, str]]:
    """Plain words of each rule: reading, law, tag. Raises Faulty if the file breaks the format."""
    rows = read(READINGS)
    for key, row in rows.items():
        take(row, f"readings.yaml: {key}", needs={"reading", "law", "tag"}, may=set())
    return {key: {name: str(value).strip() for name, value in row.items()} for key, row in rows.items()}


def markdown() -> str:
    """The whole page."""
    parts = [
        _head(),
        *(_file(file) for file in files()),
        _rules(),
        _choices(),
        _profiles(),
        _class_rates(),
        _problems(),
    ]
    return "\n\n".join(parts) + "\n"


def _head() -> str:
    rows = [(tag.value, meaning) for tag, meaning in _TAGS.items()]
    return (
        "# Rules and figures\n\n"
        "Written by `bin/palkkio rules --markdown` from `src/palkkio/rules/`; change the files there, not this page.\n"
        'A figure asked for a day after "confirmed until", or before the first row, is an error, not last year\'s '
        "figure: the payee is held with RATE_NOT_CONFIRMED.\n\n"
        "## Tags\n\n" + _table(("tag", "means"), rows) + "\n\n## Figures of the law"
    )


def _file(file: str) -> str:
    found = [figure(key) for key in keys_of(file)]
    return _series(found[0]) if found[0].key == file else _figures(file, found)


def _figures(file: str, found: Sequence[Series]) -> str:
    """A file with several figures: a row for each, a column for each day on which they change."""
    first = found[0]
    starts = [f"from {row.valid.first}" for row in first.values]
    rows = [
        (f"`{series.key}`", series.name["en"].rpartition(": ")[2], *(_cell(row) for row in series.values))
        for series in found
    ]
    grounds = dict.fromkeys(
        (f"{row.valid.first} – {row.valid.last}", row.source, str(row.read))
        for rows_of_day in zip(*(series.values for series in found), strict=True)
        for row in rows_of_day
    )
    lines = [
        f"### `{file}`",
        f"{first.name['en'].rpartition(': ')[0]} ({first.name['fi'].rpartition(': ')[0]}). {first.unit}, law: "
        f"{first.law}, by {first.by}, confirmed until {first.confirmed_until}.",
    ]
    if first.note:
        lines.append(first.note)
    lines.append(_table(("figure", "of", *starts), rows))
    lines.append(_table(("in force", "source", "read"), list(grounds)))
    return "\n\n".join(lines)


def _cell(row: Value) -> str:
    return "unknown" if row.value is None else f"{row.value} ({row.tag.value})"


def _series(series: Series) -> str:
    rows = [
        (
            f"{row.valid.first} – {row.valid.last}",
            "unknown" if row.value is None else str(row.value),
            row.tag.value,
            row.source,
            str(row.read),
        )
        for row in series.values
    ]
    lines = [
        f"### `{series.key}`",
        f"{series.name['en']} ({series.name['fi']}). {series.unit}, law: {series.law}, by {series.by}, "
        f"confirmed until {series.confirmed_until}.",
    ]
    if series.note:
        lines.append(series.note)
    lines.append(_table(("in force", "value", "tag", "source", "read"), rows))
    if series.examples:
        shown = "; ".join(f"{each.on}: {each.of} → {each.gives}" for each in series.examples)
        lines.append(f"Worked: {shown}.")
    return "\n\n".join(lines)


def _rules() -> str:
    rows = [(f"`{key}`", row["reading"], row["law"], row["tag"]) for key, row in readings().items()]
    return "## Rules of lines and deductions\n\n" + _table(("rule", "reading", "law", "tag"), rows)


def _choices() -> str:
    rows = [
        (
            f"`{kind.key}`",
            kind.meaning,
            " · ".join(kind.values) or kind.unit,
            "none" if kind.default is None else kind.default,
            f"{kind.tag}: {kind.source} (read {kind.read})",
            ", ".join(kind.used_by),
        )
        for kind in choice_kinds().values()
    ]
    return "## Choices of the payer\n\n" + _table(
        ("choice", "meaning", "values", "default", "ground", "asked by"), rows
    )


def _profiles() -> str:
    rows = [
        (f"`{name}`", f"`{key}`", str(choice.value), f"{choice.tag}: {choice.source}")
        for name in profile_names()
        for key, choice in profile(name).choices.items()
    ]
    return "## Profiles\n\n" + _table(("profile", "choice", "value", "ground"), rows)


def _class_rates() -> str:
    rows = [
        (
            f"`{name}`",
            class_name,
            f"{rate.valid.first} – {rate.valid.last or ''}".rstrip(),
            "minimum of the law" if rate.amount is None else str(rate.amount),
            f"{rate.tag}: {rate.source}",
        )
        for name in profile_names()
        for class_name, rates in profile(name).class_rates.items()
        for rate in rates
    ]
    return "## Fee classes of informal care, EUR/month\n\n" + _table(
        ("profile", "class", "in force", "amount", "ground"), rows
    )


def _problems() -> str:
    return "## Problems\n\n" + _table(("code", "colour", "set aside"), list(_problem_rows()))


def _problem_rows() -> Iterator[tuple[str, str, str]]:
    for code in ProblemCode:
        is_red = code in RED
        aside = "pays" if code in PAYS_WHEN_SET_ASIDE else "stays unpaid"
        yield code.value, "red" if is_red else "yellow", aside if is_red else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
