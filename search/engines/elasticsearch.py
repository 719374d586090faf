"""Elasticsearch's answer: one request for hits, total and facet counts, through elasticsearch.dsl's FacetedSearch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import A, FacetedSearch, Q, Search
from elasticsearch.dsl.faceted_search import Facet as DslFacet
from elasticsearch.dsl.query import Query

from search.client import SearchUnavailable, guarded
from search.conditions import AllOf, AnyOf, AtLeast, Carries, Condition, Word
from search.documents import TEXT_FIELDS, document_for
from search.facets import MAX_VALUES, DateFacet
from search.names import alias_name
from search.prominence import STEPS, step
from search.query import MARK_END, MARK_START, Answer, Question

BOOSTS = {"title": 2.0, "summary": 1.5, "works": 1.0, "parts": 1.5, "text": 1.0}
ACTIVE_BOOST = 1.5  # the reader's language before the others
TIE_BREAKER = 0.16  # what other fields with the word add to the best one
COVERED = 8.0  # each of the words, where not all need match
PROMINENCE = 0.3  # what a concept is worth more to a thing that speaks of nothing else
NAME = 20.0  # called by all the words that were typed
PINNED = 10_000.0
SHOWN = ["key", "type", "languages", "source_language", "concepts", "prominence", "cards"]  # SearchEntry.body
MARKED = ("title", "summary", "works", "text", "parts")
WHOLE = ("title", "summary")  # not cut
PASSAGE = 140  # characters, more or less
WINDOW = 10_000  # Elasticsearch's own limit for from + size
REST = "_filter_rest"  # the aggregation that facets without a choice of their own share
# Coming dates first, then none, then past ones with the latest first: milliseconds from now in three bands.
SOONEST = """
if (doc['axis_date'].size() == 0) { return 1.0E15; }
long ahead = doc['axis_date'].value.toInstant().toEpochMilli() - params.now;
return ahead >= 0 ? ahead : 2.0E15 - ahead;
"""


def ask(question: Question) -> Answer:
    """Raises SearchUnavailable, for failed shards and a server-side time-out too."""
    with guarded() as client:
        page = min(question.page, WINDOW // question.page_size)
        answer = _ask(client, question, page)
        last = max(1, -(-answer.total // question.page_size))
        if page > last:  # beyond the end: show the last page instead
            answer = _ask(client, question, last)
        return answer


def _ask(client: Elasticsearch, question: Question, page: int) -> Answer:
    search = ListingSearch(client, question)
    start = (page - 1) * question.page_size
    response = search[start : start + question.page_size].execute().to_dict()
    shards = response["_shards"]
    if response["timed_out"] or shards["failed"] or shards["successful"] < shards["total"]:
        raise SearchUnavailable("Elasticsearch gave an incomplete answer")
    hits = response["hits"]
    return Answer(
        total=int(hits["total"]["value"]),
        bodies=[hit["_source"] for hit in hits["hits"]],
        fragments=[_fragments(hit.get("highlight", {})) for hit in hits["hits"]],
        counts=search.counts(response.get("aggregations", {})),
        page=page,
    )


def _fragments(highlight: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path, passages in highlight.items():
        name, _dot, language = path.partition(".")
        found.setdefault(name, {})[language] = passages[0]
    return found


def _languages() -> list[str]:
    return [code for code, _label in settings.LANGUAGES]


def query_of(condition: Condition, language: str) -> Query:
    """The condition as a query; `language`: the reader's, which counts more."""
    if isinstance(condition, Word):
        return Q("multi_match", query=condition.text, fields=_boosted(condition, language), tie_breaker=TIE_BREAKER)
    if isinstance(condition, Carries):
        return _carried(condition)
    parts = [query_of(part, language) for part in condition.parts]
    if isinstance(condition, AllOf):
        return Q("bool", must=parts)
    if isinstance(condition, AnyOf) and condition.best:
        return Q("dis_max", queries=parts)
    if isinstance(condition, AtLeast):
        # Whatever has more of the words comes before what has fewer of them more often.
        covered = [Q("constant_score", filter=part, boost=COVERED) for part in parts]
        counted = Q("bool", should=parts, minimum_should_match=condition.number)
        return Q("bool", must=[counted], should=covered)
    return Q("bool", should=parts, minimum_should_match=1)


def _carried(condition: Carries) -> Query:
    carried = Q("constant_score", filter=Q("term", concepts=condition.concept), boost=condition.weight)
    steps = [Q("term", prominence=step(number, condition.concept)) for number in range(1, STEPS + 1)]
    more = [Q("constant_score", filter=each, boost=condition.weight * PROMINENCE / STEPS) for each in steps]
    return Q("bool", must=[carried], should=more)


@dataclass(frozen=True)
class Marked:
    """What to mark in the texts of one language: any of the words, and the parts of a phrase where all of them are."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[Marked, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    def query(self, field: str) -> dict[str, Any]:
        """A plain dict: one is made for each of fifteen fields, and the DSL's objects cost as much as the answer."""
        parts: list[dict[str, Any]] = [{"match": {field: " ".join(self.words)}}] if self.words else []
        parts += [{"bool": {"must": [part.query(field) for part in phrase]}} for phrase in self.phrases]
        return parts[0] if len(parts) == 1 else {"bool": {"should": parts}}


def marked(condition: Condition | None, language: str) -> Marked:
    """Concepts stand in no text, and a phrase one of whose parts does not is not marked."""
    if isinstance(condition, Word):
        return Marked((condition.text,) if not condition.languages or language in condition.languages else ())
    if condition is None or isinstance(condition, Carries):
        return Marked()
    parts = tuple(marked(part, language) for part in condition.parts)
    if isinstance(condition, AllOf):
        return Marked(phrases=(parts,) if all(parts) else ())
    words = dict.fromkeys(word for part in parts for word in part.words)
    return Marked(tuple(words), tuple(dict.fromkeys(phrase for part in parts for phrase in part.phrases)))


def _clauses(condition: Condition | None) -> Condition | None:
    """A question of several words: each is marked by itself, wherever the others stand."""
    return AnyOf(condition.parts) if isinstance(condition, AllOf | AtLeast) else condition


def _boosted(word: Word, language: str) -> list[str]:
    return [
        f"{name}.{code}^{BOOSTS[name] * word.weight * (ACTIVE_BOOST if code == language else 1.0):g}"
        for name in TEXT_FIELDS
        for code in word.languages or _languages()
    ]


class _Terms(DslFacet):
    """Values of one facet; those that are chosen are counted even when they are not among the most frequent."""

    agg_type = "terms"

    def __init__(self, name: str) -> None:
        super().__init__(field=f"values.{name}", size=MAX_VALUES)
        self.name = name

    def add_filter(self, filter_values: list[Any]) -> Query | None:
        return Q("terms", **{f"values.{self.name}": list(filter_values)}) if filter_values else None

    def aggregations(self, chosen: list[str]) -> dict[str, Any]:
        aggregations = {self.name: self.get_aggregation()}
        if chosen:
            field = f"values.{self.name}"
            aggregations[f"{self.name}__chosen"] = A("terms", field=field, include=chosen, size=len(chosen))
        return aggregations

    def counts(self, data: dict[str, Any]) -> dict[str, int]:
        buckets = data[self.name]["buckets"] + data.get(f"{self.name}__chosen", {}).get("buckets", [])
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


class _Dates(DslFacet):
    """Named, possibly overlapping ranges of axis_date."""

    agg_type = "filters"

    def __init__(self, facet: DateFacet, question: Question) -> None:
        self.name = facet.name
        self.filters = {
            value: _date_range(start, end, value == facet.missing)
            for value, (start, end) in facet.bounds(question.at).items()
        }
        super().__init__(filters=self.filters)

    def add_filter(self, filter_values: list[Any]) -> Query | None:
        if not filter_values:
            return None
        return Q("bool", should=[self.filters[value] for value in filter_values], minimum_should_match=1)

    def aggregations(self, chosen: list[str]) -> dict[str, Any]:
        return {self.name: self.get_aggregation()}

    def counts(self, data: dict[str, Any]) -> dict[str, int]:
        return {value: bucket["doc_count"] for value, bucket in data[self.name]["buckets"].items()}


def _date_range(start: Any, end: Any, with_missing: bool) -> Query:
    limits = {name: moment.isoformat() for name, moment in (("gte", start), ("lt", end)) if moment is not None}
    within = Q("range", axis_date=limits) if limits else Q("exists", field="axis_date")
    return within | ~Q("exists", field="axis_date") if with_missing else within


class ListingSearch(FacetedSearch):
    """A FacetedSearch whose declaration comes with the question. Two overrides: facets without a choice of their own
    share one filter aggregation (half the time at 100,000 documents), and without a choice there is no post filter."""

    fields = MARKED  # without any, FacetedSearch does not ask for highlight()

    def __init__(self, client: Elasticsearch, question: Question) -> None:
        self.question = question
        self.using = client  # type: ignore[assignment]
        self.index = [alias_name(doc_type) for doc_type in question.doc_types]  # type: ignore[assignment]
        self.facets = {
            facet.name: _Dates(facet, question) if isinstance(facet, DateFacet) else _Terms(facet.name)
            for facet in question.facets
        }
        super().__init__(question.condition, filters=dict(question.selected))  # type: ignore[arg-type]

    def search(self) -> Search:
        search = super().search().source([*SHOWN]).extra(track_total_hits=True)
        milliseconds = int(settings.SEARCH_DEADLINE * 800)
        if len(self.question.doc_types) > 1:  # how rare a word is, over all indexes together and not in each
            search = search.params(search_type="dfs_query_then_fetch").extra(indices_boost=self._weights())
        search = search.params(allow_partial_search_results=False).extra(timeout=f"{milliseconds}ms")
        return search.filter("terms", audience=list(self.question.audiences))

    def _weights(self) -> list[dict[str, float]]:
        documents = (document_for(doc_type) for doc_type in self.question.doc_types)
        return [{alias_name(document.doc_type): document.weight} for document in documents if document]

    def query(self, search: Any, query: Any) -> Search:
        if query is None:
            return search
        found = query_of(query, self.question.language)
        if self.question.name:
            called = [Q("multi_match", query=word, fields=["title.*"]) for word in self.question.name]
            bonus = Q("constant_score", filter=Q("bool", must=called), boost=NAME)
            found = Q("bool", must=[found], should=[bonus])
        if not self.question.pinned:
            return search.query(found)
        count = len(self.question.pinned)
        pins = [
            Q("constant_score", filter=Q("term", key=key), boost=PINNED * (count - place))
            for place, key in enumerate(self.question.pinned)
        ]
        return search.query("bool", should=[found, *pins], minimum_should_match=1)

    def sort(self, search: Any) -> Search:
        now = int(self.question.at.timestamp() * 1000)
        script = {"lang": "painless", "source": SOONEST, "params": {"now": now}}
        orders: dict[str, list[Any]] = {
            "relevance": ["_score"],
            "name": ["sort_name"],
            "newest": [{"sort_date": {"order": "desc", "missing": "_last"}}],
            "soonest": [{"_script": {"type": "number", "script": script, "order": "asc"}}],
        }
        return search.sort(*orders[self.question.sort], "key")

    def aggregate(self, search: Any) -> None:
        """The rest sees every choice; a facet with a choice of its own sees those of the others."""
        rest = [name for name in self.facets if name not in self._filters]
        for group, names in [(REST, rest), *((f"_filter_{name}", [name]) for name in self._filters)]:
            if not names:
                continue
            others = [condition for name, condition in self._filters.items() if name not in names]
            bucket = search.aggs.bucket(group, "filter", filter=Q("bool", filter=others) if others else Q("match_all"))
            for name in names:
                facet: Any = self.facets[name]
                for label, aggregation in facet.aggregations(list(self.filter_values.get(name, []))).items():
                    bucket.bucket(label, aggregation)

    def highlight(self, search: Any) -> Search:
        """One passage per field that has a word of the question; nothing without words. Each field has a query of its
        own: with the whole question for all of them, marking took three quarters of the time."""
        fields = {}
        for code in _languages():
            if found := marked(_clauses(self.question.condition), code):
                for name in MARKED:
                    number = 0 if name in WHOLE else 1
                    field = f"{name}.{code}"
                    fields[field] = {"number_of_fragments": number, "highlight_query": found.query(field)}
        if not fields:
            return search
        marks = {"pre_tags": [MARK_START], "post_tags": [MARK_END], "fragment_size": PASSAGE}
        return search.extra(highlight={**marks, "fields": fields})

    def counts(self, aggregations: dict[str, Any]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for name, facet in self.facets.items():
            group = f"_filter_{name}" if name in self._filters else REST
            found[name] = facet.counts(aggregations[group])  # type: ignore[attr-defined]
        return found
