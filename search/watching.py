"""All that a listing finds, for whoever watches it: keys only, and nothing out of helpfulness.

A reader who finds next to nothing is shown things with other spellings or fewer of the words (search/asking.py). A
watcher must not be: what is new would then depend on what others have left. Here the words always mean the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from . import engines, lexicon
from .interpretation import interpret
from .lexicon import Lexicon
from .listing import Listing

PAGE = 500  # things asked for at once


def every_match(
    listing: Listing, querydict: QueryDict, *, sort: str, most: int, language: str, reader: Any, at: datetime
) -> list[str]:
    """Keys of at most `most` things, in the order of `sort`; whichever engine answers.

    A thing that moves from one page to the next while they are read may be missed; the next look finds it.
    """
    state = listing.state_of(querydict, at)
    known = lexicon.current() if state.words else Lexicon()
    meaning = interpret(state.words, known, exact=state.exact, language=language)
    question = replace(
        listing.question_for(state, language, reader, at),
        condition=meaning.condition,
        facets=tuple(facet for facet in listing.facets if facet.name in state.selected),
        sort=sort,
        page_size=PAGE,
    )
    keys: dict[str, None] = {}
    degraded = False
    for page in range(1, most // PAGE + 1):
        answer, _engine, degraded = engines.ask(replace(question, page=page), only_database=degraded)
        keys |= dict.fromkeys(str(body["key"]) for body in answer.bodies)
        if page * PAGE >= answer.total:
            break
    return list(keys)
