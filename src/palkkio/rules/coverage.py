"""docs/rules-coverage.md: each rule and worked example of care fees and assistants' pay, and what proves it.

`python -m palkkio.rules.coverage` writes the page.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from palkkio.rules.yaml import Faulty, read, take

COVERAGE = Path(__file__).parent / "coverage.yaml"
TITLES = {
    "L": "Act on Support for Informal Care 937/2005",
    "X": "Yearly index",
    "F": "Fee classes",
    "I": "Interruptions, end, recovery",
    "K": "Family Care Act 263/2015",
    "T": "Tax and social insurance",
    "B": "Contractors and support persons",
    "D": "Days off and what the care recipient is charged",
    "W": "Tax cards of wages",
    "PS": "Personal assistants: which terms apply",
    "PP": "Personal assistants: hourly pay, experience, pay groups",
    "PL": "Personal assistants: supplements",
    "PH": "Personal assistants: public holidays",
    "PT": "Personal assistants: working time and overtime",
    "PK": "Personal assistants: sick pay and certificates",
    "PV": "Personal assistants: annual leave",
    "PC": "Personal assistants: contributions by year of payment",
    "PD": "Personal assistants: deductions from net pay",
    "EC": "Worked examples of care fees",
    "EA": "Worked examples of assistants' pay",
    "ET": "Worked examples of tax cards",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """One rule. `proofs`: cases as folder/name, tests as module::test, with the folder
    below tests where that is not core; `not_built`: what the engine leaves, and why."""

    rule_id: str
    rule: str
    proofs: tuple[str, ...]
    not_built: str


def coverage() -> tuple[Covered, ...]:
    """All rules in the order of the file. Raises Faulty for one that has neither a proof nor a reason."""
    rows = []
    for rule_id, row in read(COVERAGE).items():
        where = f"coverage.yaml: {rule_id}"
        take(row, where, needs={"rule"}, may={"proved_by", "not_built"})
        made = Covered(rule_id, str(row["rule"]), tuple(row.get("proved_by", ())), str(row.get("not_built", "")))
        if not made.proofs and not made.not_built:
            raise Faulty(f"{where} has neither a proof nor a reason")
        if part_of(rule_id) not in TITLES:
            raise Faulty(f"{where} belongs to no part")
        rows.append(made)
    return tuple(rows)


def part_of(rule_id: str) -> str:
    """The letters of an id."""
    return rule_id.rstrip("0123456789")


def file_of_test(proof: str) -> str:
    """The file of a test that proves a rule, in the project."""
    module, _, _ = proof.partition("::")
    return f"tests/{module}.py" if "/" in module else f"tests/core/{module}.py"


def markdown() -> str:
    """The whole page."""
    parts = [
        "# Rules and what proves them\n\n"
        "Written by `python -m palkkio.rules.coverage` from `src/palkkio/rules/coverage.yaml`; change that, not this "
        "page. Cases lie under `cases/`, tests under `tests/`."
    ]
    covered = coverage()
    for letter, title in TITLES.items():
        rows = [
            f"| {each.rule_id} | {each.rule} | {'<br>'.join(map(_link, each.proofs))} | {each.not_built} |"
            for each in covered
            if part_of(each.rule_id) == letter
        ]
        parts.append("\n".join([f"## {title}\n", "| id | rule | proved by | not built |", "|" + " --- |" * 4, *rows]))
    return "\n\n".join(parts) + "\n"


def _link(proof: str) -> str:
    if "::" in proof:
        _, name = proof.split("::")
        return f"[{name}](../{file_of_test(proof)})"
    return f"[{proof}](../cases/{proof}.yaml)"


if __name__ == "__main__":
    sys.stdout.write(markdown())
