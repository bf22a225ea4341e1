"""What a password must have (ACC-3). A page shows `REQUIREMENTS` while typing; the server enforces the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

MIN_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement.

    label    message id for the list on the page
    repair   message id that says what to do
    pattern  what a browser tests meanwhile (regular expression with the flag `u`)
    """

    code: str
    label: str
    repair: str
    pattern: str
    is_met: Callable[[str], bool]


REQUIREMENTS = (
    Requirement(
        "length",
        gettext_noop("At least 8 characters"),
        gettext_noop("Use at least 8 characters"),
        r"^.{8,}$",
        lambda password: len(password) >= MIN_LENGTH,
    ),
    Requirement(
        "upper",
        gettext_noop("One upper-case letter"),
        gettext_noop("Add an upper-case letter"),
        r"\p{Lu}",
        lambda password: any(map(str.isupper, password)),
    ),
    Requirement(
        "lower",
        gettext_noop("One lower-case letter"),
        gettext_noop("Add a lower-case letter"),
        r"\p{Ll}",
        lambda password: any(map(str.islower, password)),
    ),
    Requirement(
        "digit",
        gettext_noop("One digit"),
        gettext_noop("Add a digit"),
        r"[0-9]",
        lambda password: any(char in "0123456789" for char in password),
    ),
    Requirement(
        "special",
        gettext_noop("One special character, for example ! ? -"),
        gettext_noop("Add a special character, for example ! ? -"),
        r"[^\p{L}\p{N}]",
        lambda password: any(not char.isalnum() for char in password),
    ),
)


class RequirementsValidator:
    """Django's password validator for `REQUIREMENTS`."""

    def validate(self, password: str, user: object = None) -> None:
        missing = [each for each in REQUIREMENTS if not each.is_met(password)]
        if missing:
            raise ValidationError([ValidationError(_(each.repair), code=each.code) for each in missing])

    def get_help_text(self) -> str:
        return " · ".join(str(_(each.label)) for each in REQUIREMENTS)
