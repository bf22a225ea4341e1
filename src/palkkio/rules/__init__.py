"""Figures of the law by day, with sources, and the choices of payers: `figure(key).on(day)`, `profile(name)`."""

from palkkio.rules.class_rates import ClassRate
from palkkio.rules.figures import (
    EnteredFigure,
    Figure,
    RateNotConfirmed,
    Series,
    figure,
    is_file,
    keys,
    keys_of,
    of_figures,
)
from palkkio.rules.profiles import Choice, ChoiceKind, Profile, choice_kinds, profile, profile_names, under

__all__ = [
    "Choice",
    "ChoiceKind",
    "ClassRate",
    "EnteredFigure",
    "Figure",
    "Profile",
    "RateNotConfirmed",
    "Series",
    "choice_kinds",
    "figure",
    "is_file",
    "keys",
    "keys_of",
    "of_figures",
    "profile",
    "profile_names",
    "under",
]
