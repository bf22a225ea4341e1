"""Markdown to safe HTML: articles of the instructions, what staff add to them, and news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

# No raw HTML: what a text holds is text. Headings of staff's texts begin below those of the page.
markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code"}
_SCHEMES = {"https", "mailto", "tel"}


def safe_html(text: str) -> SafeString:
    """What staff have typed, as HTML of paragraphs, lists, links and emphasis; everything else is taken away."""
    tokens = [_lowered(each) for each in markdown.parse(text)]
    html = markdown.renderer.render(tokens, markdown.options, {})
    return SafeString(nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES))


def plain(text: str) -> str:
    """A paragraph's words without its marks."""
    return "".join(words(markdown.parseInline(text)[0].children or [])).strip()


def words(tokens: Sequence[Token]) -> Iterable[str]:
    return (each.content for each in tokens if each.type in ("text", "code_inline"))


def _lowered(token: Token) -> Token:
    if token.type in ("heading_open", "heading_close"):
        token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
    return token
