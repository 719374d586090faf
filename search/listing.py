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
from .columns import ADDRESS, LANGUAGE, SUMMARY, TITLE, TYPE, Column
from .documents import all_documents, document_for
from .facets import Facet, FacetResult, facet_result
from .forms import ListingForm, ListingState
from .interpretation import Interpretation
from .lexicon import Lexicon
from .links import Links, PageLink, SortLink, Tag
from .models import Audience
from .notices import Widening, widenings
from .pins import pins_for
from .query import Question
from .reasons import Why, recommended, why
from .rescue import Rescue, Rescuing
from .sentence import Sentence, with_page

SORT_LABELS: dict[str, Any] = {
    "relevance": _("Relevance"),  # offered only with a query
    "name": _("Name"),
    "newest": _("Newest first"),
    "soonest": _("Soonest first"),  # coming dates first, then things without a date, then past ones, latest first
}
_named: dict[str, Listing] = {}  # filled as the apps' modules are imported
FEED, EXPORT = "feed.atom", "export.csv"  # behind a listing's address; no page's slug has a full stop
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

    @property
    def mark(self) -> str:
        """Tells it from the other hits of a page, in a quarter of the key's letters."""
        return self.key[:8]


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
    rescue: Rescue | None = None  # ways on from a search that found nothing
    page_size: int = 24
    documents: tuple[str, ...] = ()  # doc_types; () where it lists everything
    sentence: str = ""  # what is listed, in the reader's language: "12 design studios in Lorraine"
    is_narrowed: bool = False  # by words or facets, beyond what the listing chooses by itself
    feed_url: str = ""  # the same things as an Atom feed; "" where the listing has none
    export_url: str = ""  # … as a table (CSV)
    hidden: list[tuple[str, str]] = field(default_factory=list)  # state a form without facets must carry along
    name: str = ""  # of the listing, for whoever refers to it; "" for one without
    chosen: str = ""  # what is chosen and searched, as Listing.canonical() writes it

    @property
    def is_filtered(self) -> bool:
        return bool(self.tags)

    @property
    def title(self) -> str:
        """Of the page: the sentence, and on later pages which one this is."""
        return with_page(self.sentence, self.page, self.page_count) if self.page > 1 else self.sentence

    @property
    def announcement(self) -> str:
        """For ears, after a change: how many pages there are is said on the first one too."""
        return with_page(self.sentence, self.page, self.page_count) if self.page_count > 1 else self.sentence

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

    `name`: by which listing_named() finds it; it stands in addresses and saved searches, so it never changes.
    `documents`: doc_types; () means all that are in the site search. `default_sort` holds without a query (with one
    it is relevance, when offered). `initial`: facet values chosen as long as the URL does not mention the facet.
    `sentence` says what is listed. `has_copies`: its address with feed.atom and export.csv behind it is answered
    (ListingServeMixin does); `columns` are those of the table.
    """

    name: str = ""
    documents: tuple[str, ...] = ()
    facets: Sequence[Facet] = ()
    sorts: tuple[str, ...] = ("relevance", "name", "newest")
    default_sort: str = "name"
    page_size: int = 24
    initial: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sentence: Sentence = field(default_factory=Sentence)
    has_copies: bool = True
    columns: Sequence[Column] = (TITLE, TYPE, SUMMARY, LANGUAGE, ADDRESS)

    def __post_init__(self) -> None:
        unknown = ({*self.sorts, self.default_sort}) - set(SORT_LABELS)
        if unknown:
            raise ValueError(f"Unknown sorts {sorted(unknown)}; known are {sorted(SORT_LABELS)}")
        # A copy with another page size is the same listing; one of other things is not.
        if self.name and _named.setdefault(self.name, self).documents != self.documents:
            raise ValueError(f"There are two listings called {self.name}")

    def canonical(self, querydict: QueryDict, *, at: datetime | None = None) -> str:
        """What is chosen and searched, without order and page: equal choices give equal query strings."""
        return self._chosen(self.state_of(querydict, at or timezone.now()))

    def state_of(self, querydict: QueryDict, at: datetime) -> ListingState:
        return self._state(querydict, {facet.name: facet.labels(at) for facet in self.facets})

    def _chosen(self, state: ListingState) -> str:
        ordered = replace(state, selected={name: sorted(values) for name, values in state.selected.items()})
        links = Links("", ordered, [facet.name for facet in self.facets], self.default_sort, self.initial)
        return links.url(sort="").removeprefix("?")

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
        pins = no_pins if state.exact else pins_for(lexicon, language)
        asking = Asking(self.question_for(state, language, reader, at), lexicon, pins)
        asked = asking.run(state.q, state.words, exact=state.exact)
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
        hits = self._hits(asked, lexicon, language, pins(asked.interpretation))
        result = self._result(asked, lexicon, language, state, links, facets, hits, time.perf_counter() - started)
        result = replace(result, name=self.name, chosen=self._chosen(state))
        return self._rescued(result, asking, asked, state, links, labels, started)

    def _rescued(
        self,
        result: ListingResult,
        asking: Asking,
        asked: Asked,
        state: ListingState,
        links: Links,
        labels: Mapping[str, Mapping[str, Any]],
        started: float,
    ) -> ListingResult:
        """With ways on where a search has found nothing; those may cost more requests."""
        if result.total or not result.is_filtered:
            return result
        rescue = Rescuing(
            asking=asking, asked=asked, state=state, links=links, labels=labels, started=started, key=self.key
        ).run()
        return replace(result, rescue=rescue, elapsed=time.perf_counter() - started)

    def _hits(self, asked: Asked, lexicon: Lexicon, language: str, pinned: Sequence[str]) -> list[Hit]:
        if asked.interpretation.condition is None:
            return [hit_from(body, language) for body in asked.answer.bodies]
        hits = []
        for body, fragments in zip(asked.answer.bodies, asked.answer.fragments, strict=True):
            hit = hit_from(body, language)
            found = why(body, fragments, asked.interpretation, lexicon, language=language, shown=hit.language)
            if hit.key in pinned:
                found = replace(found, reasons=(recommended(), *found.reasons))
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
        widened = [] if state.exact else widenings(meaning, lexicon, language, state.q)
        last = page_count(answer.total, self.page_size)
        return ListingResult(
            total=answer.total,
            hits=hits,
            facets=facets,
            tags=links.tags(facets),
            clear_url=links.clear(),
            pages=links.pages(answer.page, last),
            page=answer.page,
            page_count=last,
            previous_url=links.url(page=answer.page - 1) if answer.page > 1 else "",
            next_url=links.url(page=answer.page + 1) if answer.page < last else "",
            url=links.url(page=answer.page),
            engine=asked.engine,
            degraded=asked.degraded,
            interpretation=meaning,
            widened=widened,
            did_you_mean=suggestion,
            elapsed=elapsed,
            hidden=[(name, value) for name, values in state.selected.items() for value in values],
            page_size=self.page_size,
            **self._said(answer.total, state, links, facets),
            exact_url=links.url(exact=True) if widened else "",
            widen_url=links.url(exact=False) if state.exact else "",
            did_you_mean_url=links.url(q=suggestion.query) if suggestion else "",
        )

    def _said(self, total: int, state: ListingState, links: Links, facets: list[FacetResult]) -> dict[str, Any]:
        """What is listed and in which order, in words, and where it is in other forms."""
        return {
            "query": state.q,
            "path": links.path,
            "documents": self.documents,
            "sorts": self._sort_links(state, links),
            "sort": state.sort,
            "sentence": self.sentence.write(total=total, query=state.q, facets=facets),
            "is_narrowed": links.is_narrowed,
            "feed_url": links.copy(FEED) if self.has_copies else "",
            "export_url": links.copy(EXPORT) if self.has_copies else "",
        }

    def _state(self, querydict: QueryDict, labels: Mapping[str, Mapping[str, Any]]) -> ListingState:
        form = ListingForm(querydict, facet_labels=labels, sorts=self.sorts, initial_selection=self.initial)
        return form.state(self.default_sort, "relevance" if "relevance" in self.sorts else self.default_sort)

    def question_for(self, state: ListingState, language: str, reader: Any, at: datetime) -> Question:
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

    @property
    def key(self) -> str:
        """What this listing is called where searches are counted: its types, or "site"."""
        return "+".join(self.documents) or "site"

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


def listing_named(name: str) -> Listing | None:
    """The listing an app has declared under this name; None for any other."""
    return _named.get(name)


def named_listings() -> dict[str, Listing]:
    return dict(_named)


def no_pins(interpretation: Interpretation) -> tuple[str, ...]:
    """An exact search finds the words as they stand, and nothing else."""
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
