"""What a search field suggests while one types: members, skills and pages in one list, best first.

It asks the database only, whatever becomes of Elasticsearch: two or three queries, however much there is. The words
it looks things up by are in search/suggestion_words.py, how they are folded in search/starts.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from .documents import all_documents
from .listing import Hit, hit_from
from .models import SearchEntry, SuggestionWord, begins_with
from .places import Place, places_in
from .query import clean_query
from .starts import Rank, Start, Typed, parts, typed
from .suggested_terms import TAXONOMIES, FoundTerm, find_terms

MOST = 8
MOST_OF_A_KIND = 4  # while other kinds have something to show
ROWS_OF_A_KIND = 24  # words looked at; a title may have several of them
Pieces = list[tuple[str, bool]]  # text, and whether it is what was typed


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is suggested in one search field."""

    doc_types: tuple[str, ...]
    places: list[Place]  # of all listings in this language
    here: Place | None  # the listing that the field belongs to

    def framing(self, doc_type: str) -> Place | None:
        return next(
            (place for place in self.places if place.frames_every_language and doc_type in place.doc_types), None
        )

    def leading(self) -> dict[str, list[Place]]:
        """Taxonomy → where its terms lead: to the listing one is in, else wherever terms of it are suggested for."""
        if self.here:
            return {name: [self.here] for name in TAXONOMIES if name in self.here.facets}
        return {name: [place for place in self.places if name in place.suggested_terms] for name in TAXONOMIES}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    rank: Rank
    kind: str  # a doc_type or a taxonomy
    is_first: bool  # of a kind that is named before others of the same rank
    number: int  # its place within its kind
    term: FoundTerm | None = None
    entry_id: int = 0


def answer_to(raw: Any, *, language: str, audiences: Sequence[str], listing: str = "") -> dict[str, Any]:
    """What the script is told. Never raises for anything a URL can contain.

    {"label", "announcement", "items": [{"parts": [[text, is_match]], "url", "type", …}], "action": {"title", "url"}}.
    An item may have "detail" (how many things), "lang" where its title is not in the reader's language, "note" (pieces
    of the synonym or translated title that matched) with "note_lang", and "facet", the filter it stands for: [name,
    value].
    """
    query = clean_query(raw)
    sought = typed(query)
    if sought is None:
        return {"items": []}
    items = suggest(sought, language=language, audiences=audiences, scope=_scope(language, listing))
    return {
        "label": gettext("Suggestions"),
        "announcement": _announcement(len(items)),
        "items": items,
        "action": {
            "title": gettext("Search for “%(query)s” everywhere") % {"query": query},
            "url": f"{reverse('search:site')}?{urlencode({'q': query})}",
        },
    }


def _announcement(number: int) -> str:
    if not number:
        return gettext("No suggestions")
    return ngettext("%(number)s suggestion", "%(number)s suggestions", number) % {"number": number}


def suggest(sought: Typed, *, language: str, audiences: Sequence[str], scope: Scope) -> list[dict[str, Any]]:
    """At most MOST items. Three queries at most."""
    candidates = _things(sought, language, audiences, scope)
    terms = find_terms(sought, language, audiences, scope.leading())
    numbers: dict[str, int] = {}
    for term in terms:
        number = numbers[term.taxonomy] = numbers.get(term.taxonomy, -1) + 1
        candidates.append(Candidate(rank=term.rank, kind=term.taxonomy, is_first=False, number=number, term=term))
    chosen = _chosen(candidates)
    bodies = _bodies([candidate.entry_id for candidate in chosen if not candidate.term], audiences)
    return [
        _term_item(candidate.term, sought, language)
        if candidate.term
        else _thing_item(bodies[candidate.entry_id], sought, language, scope)
        for candidate in chosen
        if candidate.term or candidate.entry_id in bodies
    ]


def _scope(language: str, listing: str) -> Scope:
    """`listing`: the doc_types of a listing, joined by commas; anything else is the whole site."""
    places = places_in(language)
    here = next((place for place in places if ",".join(place.doc_types) == listing), None)
    everything = tuple(document.doc_type for document in all_documents() if document.in_site_search)
    return Scope(doc_types=here.doc_types if here else everything, places=places, here=here)


def _things(sought: Typed, language: str, audiences: Sequence[str], scope: Scope) -> list[Candidate]:
    """Entries with the words in their titles: the best of each type, each once. One query."""
    found: dict[int, tuple[Rank, str, str]] = {}
    reader = f" {language} "
    for entry_id, doc_type, word, position, languages, shown_in in _rows(sought, reader, audiences, scope.doc_types):
        start = Start(word, position)
        rank = sought.rank(start, is_hidden=reader not in shown_in, is_foreign=reader not in languages)
        if entry_id not in found or (rank, word) < found[entry_id][:2]:
            found[entry_id] = (rank, word, doc_type)
    numbers: dict[str, int] = {}
    candidates = []
    for entry_id, (rank, _word, doc_type) in sorted(found.items(), key=lambda pair: (pair[1], pair[0])):
        number = numbers[doc_type] = numbers.get(doc_type, -1) + 1
        is_first = scope.framing(doc_type) is not None
        candidates.append(Candidate(rank=rank, kind=doc_type, is_first=is_first, number=number, entry_id=entry_id))
    return candidates


def _rows(sought: Typed, reader: str, audiences: Sequence[str], doc_types: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    """The best words of each type, in the order of search.starts.Rank. `reader`: the language between two spaces."""
    words = SuggestionWord.objects.beginning(*sought.anchors).filter(audience__in=audiences, doc_type__in=doc_types)
    for other in sought.others:
        words = words.filter(Exists(SuggestionWord.objects.beginning(other).filter(entry=OuterRef("entry"))))
    order = [
        _first(begins_with(sought.phrase)),
        _first(Q(shown_in__contains=reader)),
        _first(Q(position=0)),
        _first(Q(languages__contains=reader)),
        _first(Q(word=sought.phrase) | begins_with(f"{sought.phrase} ")),
        F("word").asc(),
        F("entry_id").asc(),
    ]
    place = Window(RowNumber(), partition_by=[F("doc_type")], order_by=order)
    best = words.annotate(place=place).filter(place__lte=ROWS_OF_A_KIND).order_by("place")
    return best.values_list("entry_id", "doc_type", "word", "position", "languages", "shown_in")


def _first(condition: Q) -> Case:
    return Case(When(condition, then=Value(0)), default=Value(1), output_field=IntegerField())


def _chosen(candidates: list[Candidate]) -> list[Candidate]:
    """The best, not too many of a kind while others have some; then each kind together, the kind of the best first."""
    best = sorted(candidates, key=lambda one: (one.rank, not one.is_first, one.kind, one.number))
    seated = [one for one in best if one.number < MOST_OF_A_KIND][:MOST]
    seated += [one for one in best if one.number >= MOST_OF_A_KIND][: MOST - len(seated)]
    kinds = list(dict.fromkeys(one.kind for one in best))
    return sorted(seated, key=lambda one: (kinds.index(one.kind), one.number))


def _bodies(entry_ids: Sequence[int], audiences: Sequence[str]) -> dict[int, dict[str, Any]]:
    if not entry_ids:
        return {}
    readable = SearchEntry.objects.readable_by(list(audiences)).filter(pk__in=entry_ids)
    return dict(readable.values_list("pk", "body"))


def _thing_item(body: dict[str, Any], sought: Typed, language: str, scope: Scope) -> dict[str, Any]:
    hit = hit_from(body, language)
    title = parts(str(hit.card.get("title", "")), sought)
    item: dict[str, Any] = {"parts": title, "url": _address(hit, scope), "type": hit.type_label}
    if not hit.is_translated:
        item["lang"] = hit.language
    if not _is_marked(title):
        item |= _translated_title(body, sought, hit.language)
    return item


def _address(hit: Hit, scope: Scope) -> str:
    frame = None if hit.is_translated else scope.framing(hit.type)
    return f"{frame.url}{hit.card['slug']}/" if frame and hit.card.get("slug") else hit.url


def _translated_title(body: dict[str, Any], sought: Typed, language: str) -> dict[str, Any]:
    """The title in another language that was found, where the one that is shown was not."""
    for code, card in body.get("cards", {}).items():
        pieces = parts(str(card.get("title", "")), sought)
        if code != language and _is_marked(pieces):
            return {"note": pieces, "note_lang": code}
    return {}


def _term_item(term: FoundTerm, sought: Typed, language: str) -> dict[str, Any]:
    total = ngettext("%(total)s result", "%(total)s results", term.count) % {"total": term.count}
    item: dict[str, Any] = {
        "parts": parts(term.label, sought),
        "url": term.url,
        "type": capfirst(str(TAXONOMIES[term.taxonomy]._meta.verbose_name_plural)),
        "detail": total,
        "facet": [term.taxonomy, term.slug],
    }
    if not _is_marked(item["parts"]):
        item["note"] = parts(term.matched, sought)
        if term.matched_language != language:
            item["note_lang"] = term.matched_language
    return item


def _is_marked(pieces: Pieces) -> bool:
    return any(is_match for _text, is_match in pieces)
