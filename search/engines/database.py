"""The database's answer: two statements however many facets and hits. Works on SQLite and PostgreSQL.

Every listing can be answered from here, which is why Elasticsearch may fail without anybody being left in the dark.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, Count, F, IntegerField, OrderBy, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Collate

from search.analysis_python import tokens
from search.facets import DateFacet, Facet
from search.models import SearchEntry, SearchEntryValue
from search.query import Answer, Question

TOTAL = ""  # the facet name under which the total travels in the statement of counts
TITLE_WEIGHT, ACTIVE_TITLE_WEIGHT, ACTIVE_TEXT_WEIGHT = 8, 4, 2


def ask(question: Question) -> Answer:
    counts = _counts(question)
    total = counts.pop(TOTAL, {}).get(TOTAL, 0)
    page = max(1, min(question.page, -(-total // question.page_size)))
    return Answer(total=total, bodies=_bodies(question, page) if total else [], counts=counts, page=page)


def _bodies(question: Question, page: int) -> list[dict[str, Any]]:
    entries = _entries(question).filter(_selection(question))
    start = (page - 1) * question.page_size
    rows = entries.order_by(*_order(question)).values_list("body", flat=True)
    return list(rows[start : start + question.page_size])


def _entries(question: Question) -> QuerySet[SearchEntry]:
    """Readable entries of the asked types that match every word; no facet applied."""
    entries = SearchEntry.objects.readable_by(list(question.audiences)).filter(doc_type__in=question.doc_types)
    for word in question.words:
        entries = entries.filter(_matches("terms", word, _languages()))
    return entries


def _languages() -> list[str]:
    return [code for code, _label in settings.LANGUAGES]


def _matches(column: str, word: str, languages: list[str]) -> Q:
    """The word's analysis in any of the languages is among the terms."""
    condition = Q()
    for language in languages:
        for token in tokens(word, language):
            condition |= Q(**{f"{column}__contains": f" {language}:{token} "})
    return condition


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
    return Q(pk__in=chosen.values("entry_id"))


def _range(facet: DateFacet, value: str, question: Question) -> Q:
    start, end = facet.bounds(question.at)[value]
    condition = Q(axis_date__isnull=False)
    if start is not None:
        condition &= Q(axis_date__gte=start)
    if end is not None:
        condition &= Q(axis_date__lt=end)
    return condition | Q(axis_date__isnull=True) if facet.missing == value else condition


def _counts(question: Question) -> dict[str, dict[str, int]]:
    """The total and all facet counts in one statement: facets without a choice of their own share one part of it."""
    base = _entries(question)
    everything = base.filter(_selection(question))
    parts = [_row(everything, TOTAL, TOTAL)]
    shared = [facet.name for facet in question.facets if facet.stores_values and facet.name not in question.selected]
    if shared:
        parts.append(_value_counts(everything, shared))
    for facet in question.facets:
        chosen = facet.name in question.selected
        entries = base.filter(_selection(question, without=facet.name)) if chosen else everything
        if isinstance(facet, DateFacet):
            parts += [
                _row(entries.filter(_range(facet, value, question)), facet.name, value)
                for value in facet.bounds(question.at)
            ]
        elif chosen:
            parts.append(_value_counts(entries, [facet.name]))
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    counts: dict[str, dict[str, int]] = {facet.name: {} for facet in question.facets}
    for facet_name, value, number in rows:
        counts.setdefault(facet_name, {})[value] = number
    return counts


def _row(entries: QuerySet[SearchEntry], facet: str, value: str) -> QuerySet[Any, Any]:
    """One row: (facet, value, number of entries). Grouped by the two constants so that it is a plain SELECT."""
    labelled = entries.order_by().annotate(a=Value(facet), b=Value(value))
    return labelled.values("a", "b").annotate(n=Count("pk")).values_list("a", "b", "n")


def _value_counts(entries: QuerySet[SearchEntry], facets: list[str]) -> QuerySet[Any, Any]:
    values = SearchEntryValue.objects.filter(facet__in=facets, entry_id__in=entries.order_by().values("pk"))
    return values.values("facet", "value").annotate(n=Count("pk")).values_list("facet", "value", "n")


def _order(question: Question) -> list[Any]:
    if question.sort == "relevance":
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
    """Words in the name first, the reader's language before others. Not Elasticsearch's score but its intention."""
    score: Any = Value(0)
    for word in question.words:
        weighed = (
            ("title_terms", _languages(), TITLE_WEIGHT),
            ("title_terms", [question.language], ACTIVE_TITLE_WEIGHT),
            ("terms", [question.language], ACTIVE_TEXT_WEIGHT),
        )
        for column, languages, weight in weighed:
            hit = Case(When(_matches(column, word, languages), then=Value(weight)), default=Value(0))
            score = score + Cast(hit, IntegerField())
    return score
