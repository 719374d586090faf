"""A search before and after a change that nobody has saved: what an editor looks at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import override
from wagtail.models import Page

from .lexicon import Lexicon, Pin
from .listing import Hit, Listing, ListingResult
from .listings import Place
from .pins import words_of

SHOWN, COMPARED = 10, 100  # results that are listed, and among which a result is looked for on the other side


@dataclass(frozen=True, kw_only=True)
class Row:
    hit: Hit
    place: int  # from 1
    was: int = 0  # its place in the other column; 0: not among those compared
    move: str = "same"  # "new", "gone", "up", "down", "same"
    page: int = 0  # the id of its page, for pinning it; 0 when it is none


@dataclass(frozen=True, kw_only=True)
class Trial:
    before: ListingResult
    after: ListingResult | None  # None while no change is chosen
    rows_before: list[Row]
    rows_after: list[Row]

    @property
    def is_changed(self) -> bool:
        if self.after is None:
            return False
        keys = [[row.hit.key for row in rows] for rows in (self.rows_before, self.rows_after)]
        return keys[0] != keys[1] or self.before.total != self.after.total


def try_search(
    *, place: Place, query: str, language: str, before: Lexicon, after: Lexicon | None, path: str = ""
) -> Trial:
    """As an anonymous reader of that language would see it. Two searches, and one query for the pages."""
    listing = replace(place.listing, page_size=COMPARED)
    with override(language):
        old = _answer(listing, query, language, before, path)
        new = _answer(listing, query, language, after, path) if after is not None else None
    places_old = {hit.key: number for number, hit in enumerate(old.hits, 1)}
    places_new = {hit.key: number for number, hit in enumerate(new.hits, 1)} if new else places_old
    pages = _pages_of(old.hits)
    return Trial(
        before=old,
        after=new,
        rows_before=list(_rows(old.hits, places_new, pages, is_old=True)),
        rows_after=list(_rows(new.hits, places_old, {})) if new else [],
    )


def _answer(listing: Listing, query: str, language: str, lexicon: Lexicon, path: str) -> ListingResult:
    question = QueryDict(mutable=True)
    question["q"] = query
    return listing.answer(question, path=path, language=language, lexicon=lexicon)


def _rows(hits: list[Hit], others: dict[str, int], pages: dict[str, int], *, is_old: bool = False) -> Iterator[Row]:
    for place, hit in enumerate(hits[:SHOWN], 1):
        was = others.get(hit.key, 0)
        if is_old:
            move = "same" if was else "gone"
        elif not was:
            move = "new"
        else:
            move = "up" if place < was else "down" if place > was else "same"
        yield Row(hit=hit, place=place, was=was, move=move, page=pages.get(hit.key, 0))


def _pages_of(hits: list[Hit]) -> dict[str, int]:
    """Key → the id of the first of its pages."""
    keys = {hit.key for hit in hits[:SHOWN]}
    rows = Page.objects.filter(translation_key__in=keys, live=True).order_by("-pk").values_list("translation_key", "pk")
    return {str(key): pk for key, pk in rows}


def lexicon_with(
    lexicon: Lexicon,
    *,
    query: str,
    language: str,
    concept: str = "",
    synonyms: list[str] | None = None,
    page: Any = None,
    position: int = 1,
) -> Lexicon | None:
    """The lexicon as the change would make it; None when there is no change in it."""
    changed = lexicon
    if concept in lexicon.concepts and synonyms is not None:
        words = dict(lexicon.concepts[concept].words)
        label = words.get(language, ())[:1]
        if label and (*label, *synonyms) != tuple(words[language]):
            changed = changed.with_words(concept, {**words, language: (*label, *synonyms)})
    if page is not None:
        pin = Pin(words=words_of(query), language=language, key=str(page.translation_key), position=position)
        changed = changed.with_pin(pin)
    return changed if changed is not lexicon else None
