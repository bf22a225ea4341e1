"""`rules`: the figures on the command line, and the page docs/rules.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import TextIO

from palkkio.rules.figures import RateNotConfirmed, figure, keys
from palkkio.rules.markdown import markdown


def rules(arguments: Sequence[str], out: TextIO = sys.stdout) -> int:
    """Lists figures, prints one on a day, or the whole page. Exit 0, or 1 if the figure is unknown."""
    parser = argparse.ArgumentParser(prog="palkkio rules", description="Figures of the law, with their sources.")
    parser.add_argument("key", nargs="?", help="key of a figure; without it all are listed")
    parser.add_argument("--on", type=date.fromisoformat, help="day, e.g. 2026-06-30")
    parser.add_argument("--markdown", action="store_true", help="write the page docs/rules.md")
    options = parser.parse_args(arguments)
    if options.markdown:
        out.write(markdown())
        return 0
    if options.key is None:
        for key in keys():
            print(f"{key:50} confirmed until {figure(key).confirmed_until}", file=out)
        return 0
    try:
        series = figure(options.key)
        if options.on is None:
            rows = [
                f"{row.valid.first} – {row.valid.last}: {row.value or 'unknown'} {series.unit} ({row.tag}) {row.source}"
                for row in series.values
            ]
        else:
            found = series.on(options.on)
            rows = [f"{found.value} {found.unit} ({found.tag}), {found.law}. {found.source}"]
    except (KeyError, RateNotConfirmed) as error:
        print(error.args[0], file=out)
        return 1
    print("\n".join(rows), file=out)
    return 0
