"""One listing, two engines: terms, facets, sort and page in, results out.

    DIRECTORY = Listing(documents=("member",), facets=DIRECTORY_FACETS, sorts=("relevance", "name", "newest"))
    result = DIRECTORY.answer(request.GET, path=request.path, language=get_language(), reader=request.user)

Elasticsearch answers when ELASTICSEARCH_URL is set; when it does not answer in time the database does, with the same
totals, facets, counts and order, and `result.degraded` is True so that the template says so.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import lexicon as lexicons
from .asking import Asked, Asking, DidYouMean, reader_time
from .documents import all_documents, document_for
from .facets import Facet, FacetResult, facet_result
from .forms import ListingForm, ListingState
from .interpretation import Interpretation
from .lexicon import Lexicon
from .links import Links, PageLink, SortLink, Tag
from .models import Audience
from .notices import Widening, widenings
from .query import Question
from .reasons import Why, why

SORT_LABELS: dict[str, Any] = {
    "relevance": _("Relevance"),  # offered only with a query
    "name": _("Name"),
    "newest": _("Newest first"),
    "soonest": _("Soonest first"),  # coming dates first, then things without a date, then past ones, latest first
}
MAX_PAGES = 400  # × 24 stays below Elasticsearch's window of 10,000


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One card. `card` is the dict that prepare() made for `language`; a page of hits costs no SQL."""

    key: str
    type: str
    type_label: str
    language: str  # of the card: the reader's, else the source's, else the first of settings.LANGUAGES that exists
    languages: list[str]
    is_translated: bool  # False: the card is not in the reader's language; mark it lang=
    card: dict[str, Any]
    why: Why = field(default_factory=Why)  # empty without a query

    @property
    def url(self) -> str:
        return self.card.get("url", "")


@dataclass(frozen=True, kw_only=True)
class ListingResult:
    total: int
    hits: list[Hit]
    facets: list[FacetResult]
    tags: list[Tag]  # removable filters, the query among them
    clear_url: str  # the listing without any of them
    sorts: list[SortLink]
    sort: str  # the one in force
    pages: list[PageLink]  # numbered; [] when all is on one page
    page: int
    page_count: int
    previous_url: str  # "" on the first page
    next_url: str  # "" on the last page
    query: str  # cleaned; shown in the search field
    url: str  # canonical address of exactly this state
    path: str  # the form's action
    engine: str  # "elasticsearch" or "database"; "none" when nothing was asked
    degraded: bool  # Elasticsearch should have answered and did not
    elapsed: float  # seconds
    interpretation: Interpretation  # what the words of the query were taken for
    widened: list[Widening] = field(default_factory=list)  # in which ways more was searched for than was typed
    exact_url: str = ""  # the same without any of that; "" when there is no difference
    widen_url: str = ""  # back from an exact search; "" when this is none
    did_you_mean: DidYouMean | None = None
    did_you_mean_url: str = ""
    page_size: int = 24
    hidden: list[tuple[str, str]] = field(default_factory=list)  # state a form without facets must carry along

    @property
    def is_filtered(self) -> bool:
        return bool(self.tags)

    @property
    def first(self) -> int:
        """Number of the first hit shown, counted from 1; 0 when there is none."""
        return (self.page - 1) * self.page_size + 1 if self.hits else 0

    @property
    def last(self) -> int:
        return self.first + len(self.hits) - 1 if self.hits else 0


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A declared listing: make one per index page, at import time.

    `documents`: doc_types; () means all that are in the site search. `default_sort` holds without a query (with one
    it is relevance, when offered). `initial`: facet values chosen as long as the URL does not mention the facet.
    """

    documents: tuple[str, ...] = ()
    facets: Sequence[Facet] = ()
    sorts: tuple[str, ...] = ("relevance", "name", "newest")
    default_sort: str = "name"
    page_size: int = 24
    initial: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = ({*self.sorts, self.default_sort}) - set(SORT_LABELS)
        if unknown:
            raise ValueError(f"Unknown sorts {sorted(unknown)}; known are {sorted(SORT_LABELS)}")

    @reader_time()
    def answer(
        self,
        querydict: QueryDict,
        *,
        path: str,
        language: str | None = None,
        reader: Any = None,
        at: datetime | None = None,
        lexicon: Lexicon | None = None,
    ) -> ListingResult:
        """Never raises for anything a URL can contain, nor for anything Elasticsearch does.

        `lexicon`: another one than the current, to see what a change would do.
        """
        started = time.perf_counter()
        at = at or timezone.now()
        language = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
        labels = {facet.name: facet.labels(at) for facet in self.facets}
        state = self._state(querydict, labels)
        if lexicon is None:
            lexicon = lexicons.current() if state.words else Lexicon()
        question = self._question(state, language, reader, at)
        asked = Asking(question, lexicon, no_pins).run(state.q, state.words, exact=state.exact)
        answer = asked.answer
        links = Links(path, state, list(labels), self._usual_sort(state), self.initial)
        facets = [
            facet_result(
                facet,
                answer.counts.get(facet.name, {}),
                state.selected.get(facet.name, []),
                labels[facet.name],
                partial(links.toggle, facet.name),
            )
            for facet in self.facets
        ]
        hits = self._hits(asked, lexicon, language)
        return self._result(asked, lexicon, language, state, links, facets, hits, time.perf_counter() - started)

    def _hits(self, asked: Asked, lexicon: Lexicon, language: str) -> list[Hit]:
        if asked.interpretation.condition is None:
            return [hit_from(body, language) for body in asked.answer.bodies]
        hits = []
        for body, fragments in zip(asked.answer.bodies, asked.answer.fragments, strict=True):
            hit = hit_from(body, language)
            found = why(body, fragments, asked.interpretation, lexicon, language=language, shown=hit.language)
            hits.append(replace(hit, why=found))
        return hits

    def _result(
        self,
        asked: Asked,
        lexicon: Lexicon,
        language: str,
        state: ListingState,
        links: Links,
        facets: list[FacetResult],
        hits: list[Hit],
        elapsed: float,
    ) -> ListingResult:
        answer, meaning, suggestion = asked.answer, asked.interpretation, asked.did_you_mean
        widened = [] if state.exact else widenings(meaning, lexicon, language)
        last = page_count(answer.total, self.page_size)
        return ListingResult(
            total=answer.total,
            hits=hits,
            facets=facets,
            tags=links.tags(facets),
            clear_url=links.clear(),
            sorts=self._sort_links(state, links),
            sort=state.sort,
            pages=links.pages(answer.page, last),
            page=answer.page,
            page_count=last,
            previous_url=links.url(page=answer.page - 1) if answer.page > 1 else "",
            next_url=links.url(page=answer.page + 1) if answer.page < last else "",
            query=state.q,
            url=links.url(page=answer.page),
            path=links.path,
            engine=asked.engine,
            degraded=asked.degraded,
            interpretation=meaning,
            widened=widened,
            exact_url=links.url(exact=True) if widened else "",
            widen_url=links.url(exact=False) if state.exact else "",
            did_you_mean=suggestion,
            did_you_mean_url=links.url(q=suggestion.query) if suggestion else "",
            elapsed=elapsed,
            hidden=[(name, value) for name, values in state.selected.items() for value in values],
            page_size=self.page_size,
        )

    def _state(self, querydict: QueryDict, labels: Mapping[str, Mapping[str, Any]]) -> ListingState:
        form = ListingForm(querydict, facet_labels=labels, sorts=self.sorts, initial_selection=self.initial)
        return form.state(self.default_sort, "relevance" if "relevance" in self.sorts else self.default_sort)

    def _question(self, state: ListingState, language: str, reader: Any, at: datetime) -> Question:
        return Question(
            doc_types=self.doc_types(),
            language=language,
            audiences=audiences_of(reader),
            facets=self.facets,
            selected=state.selected,
            sort=state.sort,
            page=min(state.page, MAX_PAGES),
            page_size=self.page_size,
            at=at.replace(second=0, microsecond=0),
        )

    def doc_types(self) -> tuple[str, ...]:
        return self.documents or tuple(document.doc_type for document in all_documents() if document.in_site_search)

    def _usual_sort(self, state: ListingState) -> str:
        return "relevance" if state.words and "relevance" in self.sorts else self.default_sort

    def _sort_links(self, state: ListingState, links: Links) -> list[SortLink]:
        offered = [name for name in self.sorts if name != "relevance" or state.words]
        return [
            SortLink(name=name, label=str(SORT_LABELS[name]), selected=name == state.sort, url=links.url(sort=name))
            for name in offered
        ]


def no_pins(interpretation: Interpretation) -> tuple[str, ...]:
    return ()


def audiences_of(reader: Any) -> tuple[str, ...]:
    """What this person may find; None and an anonymous user find what is public."""
    if reader is not None and getattr(reader, "is_authenticated", False):
        return (Audience.PUBLIC.value, Audience.SIGNED_IN.value)
    return (Audience.PUBLIC.value,)


def page_count(total: int, page_size: int) -> int:
    """At least 1: an empty listing has one, empty page."""
    return min(max(1, -(-total // page_size)), MAX_PAGES)


def hit_from(body: dict[str, Any], language: str) -> Hit:
    cards: dict[str, dict[str, Any]] = body.get("cards", {})
    order = [language, body.get("source_language", ""), *dict(settings.LANGUAGES), *cards]
    chosen = next((code for code in order if code in cards), language)
    document = document_for(body.get("type", ""))
    return Hit(
        key=body.get("key", ""),
        type=body.get("type", ""),
        type_label=str(document.label) if document else "",
        language=chosen,
        languages=list(body.get("languages", [])),
        is_translated=chosen == language,
        card=cards.get(chosen, {}),
    )
