"""The database's answer: two statements however many facets and hits. Works on SQLite and PostgreSQL.

Every listing can be answered from here, which is why Elasticsearch may fail without anybody being left in the dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Case, F, FloatField, Func, OrderBy, Q, QuerySet, Value, When
from django.db.models.functions import Collate
from django.db.models.lookups import GreaterThanOrEqual

from search.analysis_python import tokens
from search.conditions import AllOf, AnyOf, AtLeast, Carries, Condition, Word, leaves
from search.documents import document_for
from search.facets import DateFacet, Facet
from search.models import SearchEntry, SearchEntryValue
from search.passages import passages
from search.query import Answer, Question

from . import terms  # noqa: F401  (registers the lookup)
from .counts import TOTAL, column_of, count

TITLE_WEIGHT, ACTIVE_TITLE_WEIGHT, ACTIVE_TEXT_WEIGHT = 6.0, 3.0, 2.0
COVERED = 8.0  # each of the words, where not all need match
NAME = 30.0  # called by all the words that were typed
PINNED = 10_000.0
WORTH_COUNTING = 0.5  # what other names of a term add to the order is not worth its comparisons


def ask(question: Question) -> Answer:
    counts = _counts(question)
    total = counts.pop(TOTAL, {}).get(TOTAL, 0)
    page = max(1, min(question.page, -(-total // question.page_size)))
    bodies, fragments = _hits(question, page) if total else ([], [])
    return Answer(total=total, bodies=bodies, counts=counts, fragments=fragments, page=page)


def _hits(question: Question, page: int) -> tuple[list[dict[str, Any]], list[dict[str, dict[str, str]]]]:
    entries = _entries(question).filter(_selection(question)).order_by(*_order(question))
    start = (page - 1) * question.page_size
    end = start + question.page_size
    asked = [leaf for leaf in leaves(question.condition) if isinstance(leaf, Word)]
    if not asked:
        bodies = list(entries.values_list("body", flat=True)[start:end])
        return bodies, [{} for _body in bodies]
    rows = list(entries.values_list("body", "texts")[start:end])
    wanted = {token for word in asked for token in _tokens(word)}
    return [body for body, _texts in rows], [passages(texts, wanted) for _body, texts in rows]


def _entries(question: Question) -> QuerySet[SearchEntry]:
    """Readable entries of the asked types that match every word; no facet applied."""
    entries = SearchEntry.objects.readable_by(list(question.audiences)).filter(doc_type__in=question.doc_types)
    if question.condition is None:
        return entries
    found = _matches(question.condition)
    return entries.filter(found | Q(key__in=question.pinned) if question.pinned else found)


def _languages() -> list[str]:
    return [code for code, _label in settings.LANGUAGES]


def _tokens(word: Word, languages: Sequence[str] = ()) -> list[str]:
    """What stands in `terms` for this word."""
    codes = languages or word.languages or _languages()
    return [f"{language}:{token}" for language in codes for token in tokens(word.text, language)]


def _has_any(tokens: list[str]) -> Q:
    """PostgreSQL would take the terms of each row apart for it, which is slow; as a statement of its own it looks up in
    its index which rows have them, once, and remembers them for all that is asked about them."""
    found = Q(terms__has_any=tokens)
    if connection.vendor != "postgresql":
        return found
    return Q(pk__in=SearchEntry.objects.filter(found).order_by().values("pk"))


def _matches(condition: Condition) -> Q:
    if isinstance(condition, Word):
        return _has_any(_tokens(condition))
    if isinstance(condition, Carries):
        return _has_any([f"={condition.concept}"])
    if isinstance(condition, AtLeast):
        matching = _Sum(*(_points(_matches(part), 1) for part in condition.parts))
        return Q(GreaterThanOrEqual(matching, condition.number))
    if isinstance(condition, AllOf):
        return reduce(and_, map(_matches, condition.parts))
    return _matches_any(condition)


def _matches_any(condition: AnyOf) -> Q:
    """Leaves together in one overlap: what is asked most is asked cheapest."""
    simple = [part for part in condition.parts if isinstance(part, Word | Carries)]
    terms_asked = [
        term for part in simple for term in (_tokens(part) if isinstance(part, Word) else [f"={part.concept}"])
    ]
    others = [_matches(part) for part in condition.parts if not isinstance(part, Word | Carries)]
    return reduce(or_, others, _has_any(terms_asked) if terms_asked else Q(pk__in=[]))


def _selection(question: Question, without: str = "") -> Q:
    condition = Q()
    for facet in question.facets:
        values = question.selected.get(facet.name)
        if values and facet.name != without:
            condition &= _facet_filter(facet, values, question)
    return condition


def _facet_filter(facet: Facet, values: list[str], question: Question) -> Q:
    if isinstance(facet, DateFacet):
        condition = Q()
        for value in values:
            condition |= _range(facet, value, question)
        return condition
    chosen = SearchEntryValue.objects.filter(facet=facet.name, value__in=values)
    has = Q(pk__in=chosen.values("entry_id"))
    if connection.vendor != "postgresql":
        return has
    # PostgreSQL would join the choices one by one, each taken for rarer than the last, and in the end row by row: up to
    # two seconds at 10,000 members. Inside a CASE each is looked up once and remembered.
    return Q(Case(When(has, then=Value(True)), default=Value(False), output_field=BooleanField()))


def _range(facet: DateFacet, value: str, question: Question) -> Q:
    start, end = facet.bounds(question.at)[value]
    condition = Q(axis_date__isnull=False)
    if start is not None:
        condition &= Q(axis_date__gte=start)
    if end is not None:
        condition &= Q(axis_date__lt=end)
    return condition | Q(axis_date__isnull=True) if facet.missing == value else condition


def _counts(question: Question) -> dict[str, dict[str, int]]:
    """The total and all facet counts: one pass over what the words find, see search/engines/counts.py."""
    base = _entries(question).order_by().annotate(**_dates(question)).values_list("pk", *_dates(question))
    chosen = {facet.name: question.selected[facet.name] for facet in question.facets if facet.name in question.selected}
    dates = {
        facet.name: {value: column_of(facet, value) for value in facet.bounds(question.at)}
        for facet in question.facets
        if isinstance(facet, DateFacet)
    }
    stored = [facet.name for facet in question.facets if facet.stores_values]
    counts: dict[str, dict[str, int]] = {facet.name: {} for facet in question.facets}
    for facet_name, value, number in count(base, chosen=chosen, stored=stored, dates=dates):
        counts.setdefault(facet_name, {})[value] = number
    return counts


def _dates(question: Question) -> dict[str, Any]:
    """Column → 1 where the entry is in that range of a date facet, else 0."""
    return {
        column_of(facet, value): Case(When(_range(facet, value, question), then=Value(1)), default=Value(0))
        for facet in question.facets
        if isinstance(facet, DateFacet)
        for value in facet.bounds(question.at)
    }


def _order(question: Question) -> list[Any]:
    if question.sort == "relevance" and question.condition is not None:
        return [OrderBy(_score(question), descending=True), _by_name(), "key"]
    if question.sort == "newest":
        return [F("sort_date").desc(nulls_last=True), "key"]
    if question.sort == "soonest":
        coming = Q(axis_date__gte=question.at)
        group = Case(When(coming, then=0), When(axis_date__isnull=True, then=1), default=2)
        return [group, Case(When(coming, then=F("axis_date"))).asc(), F("axis_date").desc(nulls_last=True), "key"]
    return [_by_name(), "key"]


def _by_name() -> Any:
    """By bytes, as Elasticsearch sorts: the usual collations of PostgreSQL skip spaces and hyphens."""
    if connection.vendor == "postgresql":
        return Collate(F("sort_name"), "C").asc()
    return F("sort_name").asc()


def _score(question: Question) -> Any:
    """Not Elasticsearch's score but its intention: words in the name first, what the thing carries, the reader's
    language before others."""
    points = [_points(Q(key=key), PINNED * place) for place, key in enumerate(reversed(question.pinned), start=1)]
    if isinstance(question.condition, AtLeast):
        points += [_points(_matches(part), COVERED) for part in question.condition.parts]
    if question.name:
        called = (Q(title_terms__has_any=_tokens(Word(word))) for word in question.name)
        points.append(_points(reduce(and_, called), NAME))
    for leaf in dict.fromkeys(leaves(question.condition)):
        if isinstance(leaf, Carries):
            points.append(_points(_has_any([f"={leaf.concept}"]), leaf.weight))
        elif leaf.weight >= WORTH_COUNTING:
            points.append(_word_points(leaf, question.language))
    if not points:  # nothing in the question is worth counting: PostgreSQL orders by no constant
        return F("pk") * 0.0
    documents = filter(None, map(document_for, question.doc_types))
    weights = [When(doc_type=document.doc_type, then=Value(document.weight)) for document in documents]
    return _Sum(*points) * Case(*weights, default=Value(1.0), output_field=FloatField())


def _word_points(word: Word, language: str) -> Any:
    """Asked about the name and the reader's language only where the word stands at all: most things lack most words."""
    everywhere, here = _tokens(word), _tokens(word, [language])
    points = _Sum(
        Value(word.weight, FloatField()),
        _points(Q(title_terms__has_any=everywhere), TITLE_WEIGHT * word.weight),
        _points(Q(title_terms__has_any=here), ACTIVE_TITLE_WEIGHT * word.weight),
        _points(_has_any(here), ACTIVE_TEXT_WEIGHT * word.weight),
    )
    return Case(When(_has_any(everywhere), then=points), default=Value(0.0), output_field=FloatField())


class _Sum(Func):
    """All of them added in one flat expression: nested ones are too deep for SQLite's parser."""

    template, arg_joiner, arity = "(%(expressions)s)", " + ", None
    output_field = FloatField()


def _points(condition: Q, points: float) -> Any:
    return Case(When(condition, then=Value(float(points))), default=Value(0.0), output_field=FloatField())
