"""`check FILE_OR_FOLDER...` and `calculate FILE [--json]`: cases on the command line, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from palkkio.calculation.cases.charges import charges_of, compared_charges
from palkkio.calculation.cases.expect import compared, expectation_of
from palkkio.calculation.cases.given import facts_of
from palkkio.calculation.cases.keys import Keys, read_case
from palkkio.calculation.cases.show import as_json, as_text, charges_as_json, charges_as_text
from palkkio.calculation.facts import PayFacts
from palkkio.calculation.pay import pay
from palkkio.core.payslip import PayResult

OK, DIFFERS, UNREADABLE = 0, 1, 2
TOP = ("name", "source", "given", "expect")
ENDINGS = (".yaml", ".yml")

# Puts a result into words of each language: how documents word it is not known here.
Explain = Callable[[PayResult], dict[str, Any]]


def facts_of_case(case: Keys) -> PayFacts:
    """Facts of a case. Raises CaseError naming key and line for what cannot be read or is not calculated yet."""
    case.only(*TOP)
    case.text("name")
    case.text("source")
    return facts_of(case.mapping("given"))


def differences_of(path: Path) -> list[str]:
    """Differences between a case's expectation and what comes out; none: it holds. Raises CaseError."""
    case = read_case(path)
    facts = facts_of_case(case)
    return differences_from(case, facts, pay(facts))


def differences_from(case: Keys, facts: PayFacts, result: PayResult) -> list[str]:
    """In what a result departs from the case's expectation. Raises CaseError."""
    expect = case.mapping("expect")
    charged = charges_of(case.mapping("given"), facts)
    return [*compared(expectation_of(expect), result), *compared_charges(expect, charged)]


def check(arguments: Sequence[str], out: TextIO = sys.stdout) -> int:
    """Runs cases and prints each difference to the cent. Exit 0: all hold, 1: some differ, 2: some cannot be read."""
    parser = argparse.ArgumentParser(prog="palkkio check", description="Check golden months to the cent.")
    parser.add_argument("path", nargs="+", type=Path, help="case file or folder of cases")
    status, held, all_cases = OK, 0, 0
    for path in _files(parser.parse_args(arguments).path):
        all_cases += 1
        try:
            found = differences_of(path)
        except (ValueError, OSError) as error:  # a CaseError, or facts that contradict each other
            print(f"error    {path}\n           {error}", file=out)
            status = UNREADABLE
            continue
        if found:
            print("\n           ".join([f"differs  {path}", *found]), file=out)
            status = max(status, DIFFERS)
        else:
            print(f"ok       {path}", file=out)
            held += 1
    print(f"{held} of {all_cases} cases hold", file=out)
    if not all_cases:
        return UNREADABLE
    return status


def calculate(arguments: Sequence[str], out: TextIO = sys.stdout, explain: Explain | None = None) -> int:
    """Prints the whole result of one case. Exit 0, or 2 if it cannot be read or is not calculated yet."""
    parser = argparse.ArgumentParser(prog="palkkio calculate", description="Calculate one case.")
    parser.add_argument("file", type=Path, help="case file")
    parser.add_argument("--json", action="store_true", help="print JSON, with the working of each line")
    options = parser.parse_args(arguments)
    try:
        case = read_case(options.file)
        facts = facts_of_case(case)
        result, charged = pay(facts), charges_of(case.mapping("given"), facts)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{options.file}: {error}\n")
        return UNREADABLE
    name = case.text("name")
    if options.json:
        told = as_json(name, result) | charges_as_json(charged) | ({"explained": explain(result)} if explain else {})
        print(json.dumps(told, indent=2, ensure_ascii=False), file=out)
    else:
        print("\n".join([as_text(name, result), *charges_as_text(charged)]), file=out)
    return OK


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Case files in order; a path that does not exist is given on, to be reported."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix in ENDINGS)
        else:
            yield path
