"""The command line: `python -m palkkio check | calculate | rules | ...`. It only dispatches.

The words below run without Django; any other is a management command of the configured site.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

# word -> module and function, imported when asked for
WITHOUT_DJANGO = {
    "check": ("palkkio.calculation.cases.command", "check"),
    "calculate": ("palkkio.calculation.cases.command", "calculate"),
    "rules": ("palkkio.rules.command", "rules"),
}

USAGE = """\
palkkio check FILE_OR_FOLDER...    check golden months to the cent
palkkio calculate FILE [--json]    the whole result of one case
palkkio rules [KEY] [--on DAY]     figures of the law, with their sources
palkkio help                       the commands of the site"""


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(USAGE)
        return 0
    word, *rest = arguments
    if word in WITHOUT_DJANGO:
        module, function = WITHOUT_DJANGO[word]
        return int(getattr(importlib.import_module(module), function)(rest, **_beside(word)))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palkkio.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["palkkio", word, *rest])
    return 0


def _beside(word: str) -> dict[str, Any]:
    """What a command gets from another part: the calculation does not know how its results are worded."""
    if word != "calculate":
        return {}
    from palkkio.formats.explanation import explained

    return {"explain": explained}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
