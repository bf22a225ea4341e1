"""The articles that come with the product: Markdown by language, by topic.

`articles/contents.yaml` lists topics and articles; the title of an article is the first line of its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from palkkio.core.viewer import RoleKind

FOLDER = Path(__file__).parent / "articles"
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Topic:
    """Articles on one matter, for some roles first.

    names  by language
    roles  whose own topic it is; nobody's: for all alike
    is_public  what organisations add to it is read without signing in too: about the service itself (HELP-5)
    """

    slug: str
    names: Mapping[str, str]
    roles: frozenset[RoleKind]
    articles: tuple[str, ...]
    is_public: bool = False


@cache
def topics() -> tuple[Topic, ...]:
    """All topics in their order."""
    rows = YAML(typ="safe", pure=True).load((FOLDER / "contents.yaml").read_text("utf-8"))["topics"]
    return tuple(
        Topic(
            slug=row["slug"],
            names=row["name"],
            roles=frozenset(RoleKind(each) for each in row.get("roles", ())),
            articles=tuple(row["articles"]),
            is_public=row.get("is_public", False),
        )
        for row in rows
    )


@cache
def slugs() -> tuple[str, ...]:
    """All articles, in the order of the topics."""
    return tuple(slug for topic in topics() for slug in topic.articles)


@cache
def public_slugs() -> frozenset[str]:
    """Articles of public topics."""
    return frozenset(slug for topic in topics() if topic.is_public for slug in topic.articles)


@cache
def source(slug: str, language: str) -> str:
    """An article as it is written. Raises KeyError when there is none."""
    if slug not in slugs() or language not in LANGUAGES:
        raise KeyError(slug)
    return (FOLDER / language / f"{slug}.md").read_text("utf-8")
