"""Where to go from a search that found nothing: which filter to drop, and which terms are near.

Only an empty page asks for more, one request for each filter and one more, and none begins when the page has been at it
for long: with Elasticsearch failing half-way it is still there within two seconds.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .asking import Asked, Asking
from .conditions import Carries, any_of
from .facets import Facet
from .forms import ListingState
from .interpretation import Clause, Interpretation
from .links import Links
from .nearness import Nearness

MOST_TERMS = 6
CANDIDATES = 12
LOOKED_AT = 100  # things whose terms are looked at where a listing has no facet for them
# Seconds after which no further request begins: on Elasticsearch, which may then hang for its whole deadline, and on
# the database, which answers at once.
LATEST_ELASTICSEARCH, LATEST_DATABASE = 0.3, 1.3


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """The same search without one of its filters, or without its words."""

    facet: str  # the URL parameter; "q" for the words
    facet_label: str
    labels: tuple[str, ...]  # of the values that go
    total: int
    url: str


@dataclass(frozen=True, kw_only=True)
class NearTerm:
    concept: str
    kind: str  # "skill"
    kind_label: str
    label: str  # in the reader's language
    total: int | None  # things the link leads to; None: at least one
    url: str


@dataclass(frozen=True, kw_only=True)
class Rescue:
    dropped: list[Dropped] = field(default_factory=list)  # most hits first
    terms: list[NearTerm] = field(default_factory=list)  # nearest first
    missing_url: str = ""  # where one tells the cluster what is missing


class Rescuing:
    def __init__(
        self,
        *,
        asking: Asking,
        asked: Asked,
        state: ListingState,
        links: Links,
        labels: Mapping[str, Mapping[str, Any]],  # facet → value → label
        started: float,  # time.perf_counter() when the page began
        key: str,  # Listing.key
    ) -> None:
        self.asking, self.asked = asking, asked
        self.lexicon, self.language = asking.lexicon, asking.question.language
        self.state, self.links, self.labels, self.started, self.key = state, links, labels, started, key
        self.facets = {facet.name: facet for facet in asking.question.facets}

    def run(self) -> Rescue:
        near = self._nearest()
        dropped: list[Dropped] = []
        terms: list[NearTerm] = []
        if self.state.words and not self._is_late():
            if self._has_facets_for(near) or (self.state.selected and not near):
                without_words, terms = self._without_words(near)
                dropped += without_words if self.state.selected else []  # else it is the whole list
            elif near:
                terms = self._somewhere(near)
        dropped += self._without_facets()
        most = sorted((found for found in dropped if found.total), key=lambda found: -found.total)
        return Rescue(dropped=most, terms=terms[:MOST_TERMS], missing_url=missing_url(self.state.q, self.key))

    def _is_late(self) -> bool:
        waiting = self.asking.engine == "elasticsearch"
        return time.perf_counter() - self.started > (LATEST_ELASTICSEARCH if waiting else LATEST_DATABASE)

    def _nearest(self) -> list[str]:
        if not self.state.words:
            return []
        kinds = {concept.kind for concept in self.lexicon.concepts.values()} - {"type"}  # of page: says too little
        wanted = kinds & set(self.facets) or kinds
        return [near.concept for near in Nearness(self.lexicon, wanted).to(self.state.words, CANDIDATES)]

    def _has_facets_for(self, near: Sequence[str]) -> bool:
        return bool({concept.partition(":")[0] for concept in near} & set(self.facets))

    def _selected_facets(self, selected: Mapping[str, Sequence[str]]) -> tuple[Facet, ...]:
        return tuple(self.facets[name] for name in selected)

    def _without_words(self, near: Sequence[str]) -> tuple[list[Dropped], list[NearTerm]]:
        """One request: what the filters alone find, and of that, how much carries each near term."""
        kinds = {concept.partition(":")[0] for concept in near}
        names = [name for name in self.facets if name in kinds or name in self.state.selected]
        facets = tuple(self.facets[name] for name in names)
        answer = self.asking.ask(Interpretation(), facets=facets, page=1, page_size=1)
        words = Dropped(
            facet="q",
            facet_label=_("Search"),
            labels=(self.state.q,),
            total=answer.total,
            url=self.links.without_query(),
        )
        terms = []
        for concept in near:
            kind, _colon, slug = concept.partition(":")
            count = answer.counts.get(kind, {}).get(slug, 0)
            if count and slug in self.labels.get(kind, {}):
                selected = {**self.state.selected, kind: [slug]}
                sort = "" if self.state.sort == "relevance" else self.state.sort
                terms.append(self._term(concept, count, self.links.url(q="", selected=selected, sort=sort)))
        return [words], terms

    def _somewhere(self, near: Sequence[str]) -> list[NearTerm]:
        """Where the listing has no such facet: a search for the term's name, if anything carries it."""
        condition = any_of([Carries(concept) for concept in near])
        meaning = Interpretation(clauses=(Clause(words=(), condition=condition),))
        facets = self._selected_facets(self.state.selected)
        answer = self.asking.ask(meaning, facets=facets, page=1, page_size=LOOKED_AT)
        carried = {concept for body in answer.bodies for concept in body.get("concepts", ())}
        return [self._term(concept, None, self._search_for(concept)) for concept in near if concept in carried]

    def _search_for(self, concept: str) -> str:
        return self.links.url(q=self.lexicon.concepts[concept].label(self.language), exact=False)

    def _term(self, concept_id: str, total: int | None, url: str) -> NearTerm:
        concept = self.lexicon.concepts[concept_id]
        return NearTerm(
            concept=concept_id,
            kind=concept.kind,
            kind_label=str(concept.kind_label),
            label=concept.label(self.language),
            total=total,
            url=url,
        )

    def _without_facets(self) -> list[Dropped]:
        found = []
        meaning = self.asked.interpretation
        for name, values in self.state.selected.items():
            if self._is_late():
                break
            selected = {other: chosen for other, chosen in self.state.selected.items() if other != name}
            facets = self._selected_facets(selected)
            answer = self.asking.ask(meaning, selected=selected, facets=facets, page=1, page_size=1)
            labels = tuple(str(self.labels[name].get(value, value)) for value in values)
            dropped = Dropped(
                facet=name,
                facet_label=str(self.facets[name].label),
                labels=labels,
                total=answer.total,
                url=self.links.url(selected=selected),
            )
            found.append(dropped)
        return found


def missing_url(query: str, listing_key: str) -> str:
    given = {name: value for name, value in (("q", query), ("list", listing_key)) if value}
    return f"{reverse('search:missing')}?{urlencode(given)}" if given else reverse("search:missing")
