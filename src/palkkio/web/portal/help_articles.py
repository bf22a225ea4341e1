"""Instructions (Ohjeet): Markdown articles by topic, in three languages, readable without signing in (HELP-1, HELP-2).

`help/contents.yaml` lists topics and articles, and which page's question mark opens which article. In an article,
`article:recording` links to another one and `page:portal:contacts` to a page; a picture is a file of
`static/portal/help/<language>/`, and one that does not exist is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from ruamel.yaml import YAML

from palkkio.core.names import search_key

FOLDER = Path(__file__).parent / "help"
LANGUAGES = ("fi", "sv", "en")
FIRST = "getting-started"


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language. `body` is safe HTML without the title; `intro` its first paragraph as text."""

    slug: str
    title: str
    intro: str
    body: SafeString
    sections: tuple[tuple[str, str], ...]  # id and title of each second-level heading


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    articles: tuple[Article, ...]


def topics(language: str) -> list[Topic]:
    """All articles in their order, by topic."""
    return [
        Topic(topic["name"][language], tuple(article(each["slug"], language) for each in topic["articles"]))
        for topic in _contents()
    ]


@cache
def article(slug: str, language: str) -> Article:
    """Raises KeyError when there is no such article."""
    if slug not in slugs():
        raise KeyError(slug)
    return _read(slug, language)


@cache
def slugs() -> tuple[str, ...]:
    return tuple(each["slug"] for topic in _contents() for each in topic["articles"])


@cache
def for_page(view_name: str) -> str:
    """Slug of the article for a page, "" for a page that has none of its own."""
    for topic in _contents():
        for each in topic["articles"]:
            if view_name in each["pages"]:
                return str(each["slug"])
    return ""


def search(words: str, language: str) -> list[Article]:
    """Articles in which each typed word begins some word; those with the words in the title first."""
    wanted = search_key(words).split()
    if not wanted:
        return []
    found = []
    for slug in slugs():
        title, text = search_key(article(slug, language).title), _words(slug, language)
        if all(_begins(word, text) for word in wanted):
            found.append((not all(_begins(word, title) for word in wanted), article(slug, language)))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _begins(word: str, text: str) -> bool:
    return f" {word}" in f" {text}"


@cache
def _words(slug: str, language: str) -> str:
    return search_key(_source(slug, language))


@cache
def _contents() -> Sequence[Mapping[str, Any]]:
    text = (FOLDER / "contents.yaml").read_text("utf-8")
    found: Sequence[Mapping[str, Any]] = YAML(typ="safe", pure=True).load(text)["topics"]
    return found


def _source(slug: str, language: str) -> str:
    return (FOLDER / language / f"{slug}.md").read_text("utf-8")


# No raw HTML: what an article holds is text.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def _read(slug: str, language: str) -> Article:
    tokens = _markdown.parse(_source(slug, language))
    title = tokens[1].content
    tokens = _framed(list(_linked(tokens[3:], language)))
    intro = next((tokens[at + 1].content for at, each in enumerate(tokens) if each.type == "paragraph_open"), "")
    body = SafeString(_markdown.renderer.render(tokens, _markdown.options, {}))
    return Article(slug, title, _plain(intro), body, tuple(_sections(tokens)))


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


def _sections(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            yield str(token.attrGet("id")), tokens[at + 1].content


def _plain(markdown: str) -> str:
    """A paragraph's words without its marks."""
    inline = _markdown.parseInline(markdown)[0].children or []
    return "".join(each.content for each in inline if each.type in ("text", "code_inline")).strip()
