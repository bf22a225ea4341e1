"""Messages of the pages: gather them from the code, check their translations, compile them. No gettext is needed.

    messages.py gather    (or gather fi) bring src/palkkio/locale/*/LC_MESSAGES/django.po up to date with the code
    messages.py check     fail on a message that is missing, unfinished (fuzzy) or breaks its placeholders
    messages.py compile   write django.mo where django.po is newer

Message ids are English, so English needs no file of its own.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parent))
import refusals

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "palkkio"
LOCALE = PACKAGE / "locale"
LANGUAGES = ["fi", "sv"]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "N_": None,
    "lazy": None,  # gettext_lazy beside a gettext that is _
    "now": None,  # gettext beside a gettext_lazy that is _
}
# Stages raise their messages as plain strings, which pages translate.
STAGES = {
    "core", "organisations", "people", "accounts", "documents", "rates", "decisions", "contracts", "entries", "payroll",
    "payments", "reporting", "messages", "guidance",
}  # fmt: skip
HEADER = "# Palkkio, {language}. Message ids are English. Written by bin/messages; edit only the msgstr lines.\n"
MOST_TOLD = 40
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def sources() -> list[Path]:
    """Code and templates that may hold messages."""
    found = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
    return sorted(path for path in found if "migrations" not in path.parts)


def gathered() -> Catalog:
    """Every message of the code, with the files it stands in."""
    catalog = Catalog(project="Palkkio", fuzzy=False)
    for path in sources():
        for message, plural, context in messages_in(path):
            place = (str(path.relative_to(ROOT)), None)
            catalog.add((message, plural) if plural else message, locations=[place], context=context)
    return catalog


def messages_in(path: Path) -> Iterator[tuple[str, str | None, str | None]]:
    """(message, plural or None, context or None)"""
    text = path.read_text()
    if path.suffix != ".py":
        text = python_of(text, str(path))
    calls = extract_python(io.BytesIO(text.encode()), list(KEYWORDS), [], {"encoding": "utf-8"})
    for _line, function, arguments, _comments in calls:
        values = [arguments] if isinstance(arguments, str) else list(arguments or ())
        context = values.pop(0) if values and function.startswith(("pgettext", "npgettext")) else None
        if not values or not isinstance(values[0], str) or not values[0]:
            continue
        is_plural = "ngettext" in function or "npgettext" in function
        yield values[0], values[1] if is_plural else None, context
    if path.suffix == ".py" and path.relative_to(PACKAGE).parts[0] in STAGES:
        yield from ((message, None, None) for message in refusals.in_code(text))


def python_of(template: str, origin: str) -> str:
    """A template as Python with the same messages, the way Django's makemessages reads it."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    # What lies between the messages becomes words whose indents and brackets mean nothing to Python.
    return "\n".join(line.strip() for line in templatize(template, origin=origin).splitlines()) + "\n"


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Palkkio", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def gather(languages: Sequence[str] = LANGUAGES) -> int:
    template = gathered()
    for language in languages:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        catalog.header_comment = HEADER.format(language=language).rstrip()
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=True, include_lineno=False, omit_header=False)
        untranslated = sum(1 for message in catalog if message.id and not is_whole(message))
        print(f"{language}: {len(catalog)} messages, {untranslated} to translate")
    return 0


def strings(message: Message) -> list[str]:
    if isinstance(message.string, list | tuple):
        return [string or "" for string in message.string]
    return [message.string or ""]


def is_whole(message: Message) -> bool:
    return all(strings(message)) and not message.fuzzy


def check() -> int:
    complaints: list[str] = []
    template = gathered()
    for language in LANGUAGES:
        catalog = read(language)
        for wanted in template:
            if not wanted.id:
                continue
            key = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
            where = f"{language}: {key!r} ({wanted.locations[0][0]})"
            message = catalog.get(key, wanted.context)
            if message is None or not all(strings(message)):
                complaints.append(f"{where} is not translated")
            elif message.fuzzy:
                complaints.append(f"{where} is marked fuzzy")
            elif strays := stray_placeholders(message):
                complaints.append(f"{where} has other placeholders than its translation: {' '.join(sorted(strays))}")
    for complaint in complaints[:MOST_TOLD]:
        print(complaint)
    if complaints:
        print(f"{len(complaints)} messages to mend: run bin/messages, then fill in the msgstr lines.")
    return 1 if complaints else 0


def stray_placeholders(message: Message) -> set[str]:
    """Placeholders on one side only. A form for one may leave its number out."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = {found for text in ids for found in PLACEHOLDER.findall(text)}
    used = [set(PLACEHOLDER.findall(text)) for text in strings(message)]
    missing = allowed - used[-1]
    return missing.union(*(found - allowed for found in used))


def compile_all() -> int:
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3])
        half = compiled.with_suffix(f".{os.getpid()}")
        with half.open("wb") as file:
            write_mo(file, catalog)
        half.rename(compiled)
    return 0


if __name__ == "__main__":
    commands = {"gather": gather, "check": check, "compile": compile_all}
    if len(sys.argv) == 3 and sys.argv[1] == "gather" and sys.argv[2] in LANGUAGES:
        sys.exit(gather([sys.argv[2]]))
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit((__doc__ or "").strip())
    sys.exit(commands[sys.argv[1]]())
