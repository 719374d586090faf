"""Terms of the taxonomies among the suggestions: found by every label and synonym, in any language.

A term leads to a listing narrowed by it, and is suggested only where that listing has something to show for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Count, Q

from core.models import Skill, Subsector, Term, Topic

from .models import SearchEntry, SearchEntryValue
from .places import Place
from .starts import Rank, Typed, starts

# By the name of the facet, which is the same in every listing that has it.
TAXONOMIES: dict[str, type[Term]] = {"skill": Skill, "subsector": Subsector, "topic": Topic}
MOST = 8  # of a taxonomy
Counts = dict[tuple[str, str, str], int]  # (taxonomy, slug, doc_type) → things


@dataclass(frozen=True, kw_only=True)
class FoundTerm:
    rank: Rank
    taxonomy: str
    slug: str
    label: str  # in the reader's language, else in one there is
    matched: str  # the label or synonym that begins with what was typed
    matched_language: str
    url: str = ""  # of the listing narrowed by it
    count: int = 0  # what this reader finds there


def find_terms(
    sought: Typed, language: str, audiences: Sequence[str], places: dict[str, list[Place]]
) -> list[FoundTerm]:
    """Best first. `places`: taxonomy → where its terms may lead, the one with the most things wins. One query."""
    found: list[FoundTerm] = []
    for taxonomy, candidates in places.items():
        if candidates:
            matching = _matching(taxonomy, sought, language)
            found += sorted(matching, key=lambda term: (term.rank, term.label))[:MOST]
    if not found:
        return []
    counts = _counts(found, audiences)
    led = [_led(term, places[term.taxonomy], counts) for term in found]
    return sorted((term for term in led if term.count), key=lambda term: (term.rank, -term.count, term.label))


def _matching(taxonomy: str, sought: Typed, language: str) -> Iterator[FoundTerm]:
    model = TAXONOMIES[taxonomy]
    labels = model.labels_in(language)
    for slug, words in model.vocabulary().items():
        best = min(_ranked(words, sought, language), default=None)
        if best is not None:
            rank, code, phrase = best
            yield FoundTerm(
                rank=rank,
                taxonomy=taxonomy,
                slug=slug,
                label=labels.get(slug, slug),
                matched=phrase,
                matched_language=code,
            )


def _ranked(words: dict[str, list[str]], sought: Typed, language: str) -> Iterator[tuple[Rank, str, str]]:
    for code, phrases in words.items():
        for number, phrase in enumerate(phrases):
            for start in sought.matching(starts(phrase)):
                is_foreign = code != language
                rank = sought.rank(start, is_hidden=is_foreign, is_foreign=is_foreign, is_synonym=number > 0)
                yield rank, code, phrase


def _counts(terms: Iterable[FoundTerm], audiences: Sequence[str]) -> Counts:
    chosen = Q()
    slugs: dict[str, list[str]] = {}
    for term in terms:
        slugs.setdefault(term.taxonomy, []).append(term.slug)
    for taxonomy, values in slugs.items():
        chosen |= Q(facet=taxonomy, value__in=values)
    readable = SearchEntry.objects.readable_by(list(audiences)).values("pk")
    rows = SearchEntryValue.objects.filter(chosen, entry__in=readable).values("facet", "value", "entry__doc_type")
    return {
        (row["facet"], row["value"], row["entry__doc_type"]): row["things"] for row in rows.annotate(things=Count("pk"))
    }


def _led(term: FoundTerm, places: Sequence[Place], counts: Counts) -> FoundTerm:
    """With the address of the place that shows most for it."""

    def things(place: Place) -> int:
        return sum(counts.get((term.taxonomy, term.slug, doc_type), 0) for doc_type in place.doc_types)

    best = max(places, key=things)
    return replace(term, url=f"{best.url}?{urlencode({term.taxonomy: term.slug})}", count=things(best))
