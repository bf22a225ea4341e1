"""Links, chips, facts and other parts of a sentence's size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "you", "ok", "warn", "error"]


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to."""

    text: str
    href: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A thing to do: a link when `href` is given, otherwise a button of the form around it.

    kind      primary (the one next step of its section), secondary or supplementary
    name      field name and value that the button posts
    says      what a screen reader hears instead of `text`, when the text alone is not clear; begins with the text
    """

    text: str
    href: str = ""
    kind: str = "secondary"
    name: str = ""
    value: str = ""
    icon: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A short state in words: icon, text and colour together."""

    text: str
    tone: Tone = ""
    icon: str = ""

    @property
    def symbol(self) -> str:
        return self.icon or {"ok": "check", "warn": "alert", "error": "block"}.get(self.tone, "")


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what is so."""

    term: str
    text: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of a gate or of "before payment": met or not, in words."""

    text: str
    is_met: bool
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """One figure of a row of totals, with its change as words or a signed figure."""

    term: str
    figure: str
    note: str = ""
