"""Instructions (Ohjeet) as pages show them: by topic, in the reader's language, with pictures (HELP-1, HELP-2).

In an article, `article:recording` links to another one and `page:portal:contacts` to a page; a picture is a file of
`static/portal/help/<language>/`, and one that does not exist is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it.token import Token

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.guidance import catalogue
from palkkio.web.prose import markdown, plain


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language. `body` is safe HTML without the title; `intro` its first paragraph as text."""

    slug: str
    title: str
    intro: str
    body: SafeString


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    name: str
    articles: tuple[Article, ...]


def topics(language: str, viewer: Viewer | None = None) -> list[Topic]:
    """All articles by topic; the topics of the reader's own role come first."""
    role: RoleKind | None = viewer.role if viewer else None
    found = sorted(catalogue.topics(), key=lambda each: role not in each.roles)
    return [_topic(each, language) for each in found]


def topic(slug: str, language: str) -> Topic | None:
    return next((_topic(each, language) for each in catalogue.topics() if each.slug == slug), None)


def topic_of(article_slug: str, language: str) -> Topic:
    """The topic that an article belongs to. Raises StopIteration when there is no such article."""
    return _topic(next(each for each in catalogue.topics() if article_slug in each.articles), language)


def _topic(found: catalogue.Topic, language: str) -> Topic:
    return Topic(found.slug, found.names[language], tuple(article(slug, language) for slug in found.articles))


@cache
def article(slug: str, language: str) -> Article:
    """Raises KeyError when there is no such article."""
    tokens = markdown.parse(catalogue.source(slug, language))
    title = tokens[1].content
    tokens = _framed(list(_linked(tokens[3:], language)))
    intro = next((tokens[at + 1].content for at, each in enumerate(tokens) if each.type == "paragraph_open"), "")
    body = SafeString(markdown.renderer.render(tokens, markdown.options, {}))
    return Article(slug, title, plain(intro), body)


def pictures(slug: str, language: str) -> list[str]:
    """File names of the pictures that an article asks for, also of those that do not exist."""
    tokens = markdown.parse(catalogue.source(slug, language))
    return [str(child.attrGet("src")) for token in tokens for child in token.children or [] if child.type == "image"]


def _linked(tokens: Sequence[Token], language: str) -> Iterator[Token]:
    """Links resolved, pictures found or left out, headings with an id."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(tokens[at + 1].content))
        if token.children:
            token.children = [each for each in token.children if _resolved(each, language)]
        yield token


def _resolved(token: Token, language: str) -> bool:
    """False for a picture that is not there."""
    if token.type == "link_open":
        token.attrSet("href", _address(str(token.attrGet("href"))))
    if token.type == "image":
        path = f"portal/help/{language}/{token.attrGet('src')}"
        if finders.find(path) is None:
            return False
        token.attrSet("src", static(path))
        token.attrSet("loading", "lazy")
    return True


def _address(href: str) -> str:
    kind, _, rest = href.partition(":")
    if kind == "article":
        return reverse("portal:help-article", args=[rest])
    return reverse(rest) if kind == "page" else href


def _framed(tokens: list[Token]) -> list[Token]:
    """Without paragraphs that lost their picture; tables in a frame that scrolls by itself on a phone."""
    out: list[Token] = []
    for token in tokens:
        if token.type == "table_open":
            out.append(_html('<div class="table-scroll" tabindex="0" role="group">'))
        out.append(token)
        if token.type == "table_close":
            out.append(_html("</div>"))
        if token.type == "paragraph_close" and out[-2].type == "inline" and not out[-2].children:
            del out[-3:]
    return out


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text)
