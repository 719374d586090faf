"""Terms of the taxonomies among the suggestions: found by every label and synonym, in any language.

A term leads to a listing narrowed by it, and is suggested only where that listing has something to show for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Q

from core.models import Skill, Subsector, Term, Topic

from .models import SearchEntryValue
from .places import Place
from .starts import Rank, Typed, starts

# By the name of the facet, which is the same in every listing that has it.
TAXONOMIES: dict[str, type[Term]] = {"skill": Skill, "subsector": Subsector, "topic": Topic}
MOST = 6  # of a taxonomy
COUNT_SECONDS = 60  # as long as a shared cache may keep an answer anyway
TermKey = tuple[str, str]  # (taxonomy, slug)
Counts = dict[TermKey, dict[str, int]]  # doc_type → things


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
    for slug, words in model.all_words().items():
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
    """How many things this reader finds for each term. Counting thousands takes longer than all else together, and the
    next letter asks for the same terms again: kept for a minute. One query at most."""
    prefix = f"search:things:{'+'.join(audiences)}"
    keys = {f"{prefix}:{term.taxonomy}:{term.slug}": (term.taxonomy, term.slug) for term in terms}
    known: dict[str, dict[str, int]] = cache.get_many(keys)
    missing = {key: term for key, term in keys.items() if key not in known}
    if missing:
        counted = _counted(list(missing.values()), audiences)
        fresh = {key: counted.get(term, {}) for key, term in missing.items()}
        cache.set_many(fresh, COUNT_SECONDS)
        known |= fresh
    return {term: known[key] for key, term in keys.items()}


def _counted(terms: Sequence[TermKey], audiences: Sequence[str]) -> Counts:
    slugs: dict[str, list[str]] = {}
    for taxonomy, slug in terms:
        slugs.setdefault(taxonomy, []).append(slug)
    chosen = reduce(or_, (Q(facet=taxonomy, value__in=values) for taxonomy, values in slugs.items()))
    rows = SearchEntryValue.objects.filter(chosen, entry__is_listed=True, entry__audience__in=audiences)
    counts: Counts = {}
    for taxonomy, slug, doc_type, number in rows.values_list("facet", "value", "entry__doc_type").annotate(Count("pk")):
        counts.setdefault((taxonomy, slug), {})[doc_type] = number
    return counts


def _led(term: FoundTerm, places: Sequence[Place], counts: Counts) -> FoundTerm:
    """With the address of the place that shows most for it."""

    found = counts[term.taxonomy, term.slug]

    def things(place: Place) -> int:
        return sum(found.get(doc_type, 0) for doc_type in place.doc_types)

    best = max(places, key=things)
    return replace(term, url=f"{best.url}?{urlencode({term.taxonomy: term.slug})}", count=things(best))
