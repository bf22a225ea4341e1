"""Figures of the law by day, with sources, and the choices of payers: `figure(key).on(day)`, `profile(name)`."""

from palkkio.rules.class_rates import ClassRate
from palkkio.rules.figures import Figure, RateNotConfirmed, Series, figure, keys, keys_of
from palkkio.rules.profiles import Choice, ChoiceKind, Profile, choice_kinds, profile, profile_names

__all__ = [
    "Choice",
    "ChoiceKind",
    "ClassRate",
    "Figure",
    "Profile",
    "RateNotConfirmed",
    "Series",
    "choice_kinds",
    "figure",
    "keys",
    "keys_of",
    "profile",
    "profile_names",
]
