"""How sure a figure is: the tags of sources."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """Where a figure comes from. A figure pays, pays with a yellow note, or never pays."""

    V = "V"  # read in a source
    V2 = "V2"  # read in a source, but indirectly
    S = "S"  # read in a source document of the organisation (a guide)
    R = "R"  # recalled, no source seen: pays with the yellow note RATE_NOT_VERIFIED
    C = "C"  # computed, the official figure was not seen: never pays
    CR = "C+R"  # computed from recalled figures: never pays
    U = "U"  # unknown: has no value


_PAYING = frozenset({Tag.V, Tag.V2, Tag.S, Tag.R})


def pays(tag: str) -> bool:
    """True if a figure with this tag may be used to pay; an unknown tag may not."""
    return tag in _PAYING


def is_unverified(tag: str) -> bool:
    """True if a figure with this tag pays with a yellow note."""
    return tag == Tag.R
