"""Search of the instructions by PostgreSQL's full text, with the word stems of each language (HELP-1).

The texts travel with the question: some forty articles of one language take a few milliseconds, and there is no index
that could lag behind the files or an organisation's additions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.db import connection

from palkkio.guidance.catalogue import slugs, source

STEMS: Mapping[str, str] = {"fi": "finnish", "sv": "swedish", "en": "english"}
MOST_WORDS = 8
SQL = """
    SELECT slug
    FROM unnest(%(slugs)s::text[], %(titles)s::text[], %(texts)s::text[]) AS article (slug, title, text)
    CROSS JOIN to_tsquery(%(stems)s::regconfig, %(query)s) AS query
    CROSS JOIN LATERAL (
        SELECT setweight(to_tsvector(%(stems)s::regconfig, title), 'A')
            || setweight(to_tsvector(%(stems)s::regconfig, text), 'D') AS words
    ) AS indexed
    WHERE words @@ query
    ORDER BY ts_rank(words, query, 1) DESC, slug
"""


def found(typed: str, language: str, additions: Mapping[str, str]) -> list[str]:
    """Slugs of the articles that have all typed words, or if there are none, those that have some; the best first.

    additions  the organisation's own texts, by slug
    Words may be inflected or only begun: "palkkiosta" and "palkk" both find "palkkio".
    """
    words = re.findall(r"\w+", typed)[:MOST_WORDS]
    if not words:
        return []
    return _matching(words, " & ", language, additions) or _matching(words, " | ", language, additions)


def _matching(words: Sequence[str], joined: str, language: str, additions: Mapping[str, str]) -> list[str]:
    texts = [source(slug, language) for slug in slugs()]
    values: dict[str, list[str] | str] = {
        "slugs": list(slugs()),
        "titles": [text.partition("\n")[0] for text in texts],
        "texts": [f"{text}\n{additions.get(slug, '')}" for slug, text in zip(slugs(), texts, strict=True)],
        "stems": STEMS[language],
        "query": joined.join(f"'{word}':*" for word in words),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, values)
        return [slug for (slug,) in cursor.fetchall()]
