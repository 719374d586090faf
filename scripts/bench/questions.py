"""What is asked: addresses of the directory with five facets chosen, and the very requests that they make."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from django.utils.translation import override
from elastic_transport import Transport
from elasticsearch.dsl import FacetedSearch

from directory.facets import DIRECTORY
from directory.models import DirectoryIndexPage
from search import lexicon
from search.client import breaker
from search.engines import elasticsearch
from search.engines.elasticsearch import ListingSearch
from search.interpretation import interpret
from search.models import SearchEntryValue

CHOSEN = ("subsector", "area", "language", "size", "collaborates")
WORDS = ("design", "studio", "fotografie", "illustration", "musique", "film", "atelier", "architecture")
ADDRESSES = 16  # of each variant, so that no answer is only remembered
HITS = 24  # on a page
MOST_VALUES, MOST_TRIES = 6, 400
TABLE = re.compile(r'FROM "(\w+)"')
ABOUT_HITS = {"search_searchentry", "search_searchentryvalue", "directory_memberpage"}


def questions(*, number: int, paths: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """Per variant, a list of {path, request, plain}: the address, what it sends to Elasticsearch, and the same with
    every facet in a filter of its own. `paths`: to ask the same at another size; without it they are chosen here."""
    paths = paths or choose(number)
    return {variant: [{"path": path, **_requests_of(path)} for path in chosen] for variant, chosen in paths.items()}


def choose(number: int) -> dict[str, list[str]]:
    """Addresses with at least a page of hits in the smallest directory, with words and without. Values are drawn as
    often as they occur; a facet gets more of them until enough is found."""
    chance = random.Random(number)
    frequent = _frequent()
    with override("fr"):
        path = DirectoryIndexPage.objects.get(locale__language_code="fr").get_url()
        found: dict[str, list[str]] = {"facets": [], "words": []}
        words = itertools.cycle(WORDS)
        for attempt in itertools.count():
            if all(len(paths) == ADDRESSES for paths in found.values()) or attempt > MOST_TRIES:
                return found
            variant = "facets" if len(found["facets"]) < ADDRESSES else "words"
            query = _narrowed(chance, frequent, next(words) if variant == "words" else "")
            if query and f"{path}?{query}" not in found[variant]:
                found[variant].append(f"{path}?{query}")


def _frequent() -> dict[str, dict[str, int]]:
    rows = SearchEntryValue.objects.filter(facet__in=CHOSEN).values_list("facet", "value").annotate(n=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for facet, value, number in rows.order_by("facet", "value"):
        found.setdefault(facet, {})[value] = number
    return found


def _narrowed(chance: random.Random, frequent: dict[str, dict[str, int]], word: str) -> str:
    """A query string with something chosen in every facet of CHOSEN that finds HITS things; "" when it finds none."""
    chosen = {facet: [_draw(chance, frequent[facet])] for facet in CHOSEN}
    for _more in range(MOST_VALUES * len(CHOSEN)):
        pairs = [("q", word)] if word else []
        pairs += [(facet, value) for facet, values in chosen.items() for value in values]
        query = urlencode(pairs)
        if _total(query) >= HITS:
            return query
        facet = chance.choice([name for name in CHOSEN if len(frequent[name]) > 1])
        if len(chosen[facet]) < min(MOST_VALUES, len(frequent[facet])):
            value = _draw(chance, frequent[facet])
            chosen[facet] = list(dict.fromkeys([*chosen[facet], value]))
    return ""


def _total(query: str) -> int:
    """Without what a page does where next to nothing is found."""
    found = DIRECTORY.state_of(QueryDict(query), timezone.now())
    question = DIRECTORY.question_for(found, "fr", None, timezone.now())
    meaning = interpret(found.words, lexicon.current())
    return elasticsearch.ask(replace(question, condition=meaning.condition, page_size=1)).total


def _draw(chance: random.Random, frequent: dict[str, int]) -> str:
    return chance.choices(list(frequent), weights=list(frequent.values()))[0]


class PlainSearch(ListingSearch):
    """What FacetedSearch does by itself: a filter aggregation for every facet, whatever is chosen in a post filter."""

    aggregate = FacetedSearch.aggregate


def _requests_of(path: str) -> dict[str, Any]:
    """Of what the page asks: {"ours": {path, body}, "plain": …}; the same in both but the aggregations."""
    _page, query = path.split("?")
    _warm(query)
    return {name: _sent(query, search) for name, search in (("ours", ListingSearch), ("plain", PlainSearch))}


def _warm(query: str) -> None:
    """Whatever it takes: what is measured later has been asked before."""
    with override_settings(SEARCH_DEADLINE=60.0), override("fr"):
        DIRECTORY.answer(QueryDict(query), path="/", language="fr")


def _sent(query: str, search: type[ListingSearch]) -> dict[str, Any]:
    breaker.reset()  # the first ones of a large index may have taken too long
    with (
        recorded() as sent,
        mock.patch("search.engines.elasticsearch.ListingSearch", search),
        mock.patch.object(PlainSearch, "counts", lambda self, found: {}),
        override("fr"),
    ):
        result = DIRECTORY.answer(QueryDict(query), path="/", language="fr")
    if result.engine != "elasticsearch" or len(sent) != 1:
        raise RuntimeError(f"{query}: answered by {result.engine} after {len(sent)} requests")
    return {**sent[0], "total": result.total}


@contextmanager
def recorded() -> Iterator[list[dict[str, Any]]]:
    """What this process sends to Elasticsearch inside the block: {"path": …, "body": JSON}."""
    sent: list[dict[str, Any]] = []
    real = Transport.perform_request

    def record(self: Transport, method: str, target: str, **options: Any) -> Any:
        sent.append({"path": target, "body": json.dumps(options.get("body"))})
        return real(self, method, target, **options)

    with mock.patch.object(Transport, "perform_request", record):
        yield sent


def count_requests(*, paths: list[str]) -> dict[str, Any]:
    """{"requests": most that one page sent to Elasticsearch, "entries": most statements about entries and values,
    "sql": the tables that the last page's statements read}. The second time each: the first fills caches."""
    reader = Client(headers={"host": "127.0.0.1"})
    requests = entries = 0
    tables: list[str] = []
    for path in paths:
        reader.get(path)
        breaker.reset()
        with recorded() as sent, CaptureQueriesContext(connection) as captured:
            response = reader.get(path)
        if response.status_code != 200 or b'data-engine="elasticsearch"' not in response.content:
            raise RuntimeError(f"{path} was not answered by Elasticsearch")
        tables = [TABLE.search(query["sql"])[1] for query in captured.captured_queries]  # type: ignore[index]
        requests = max(requests, len(sent))
        entries = max(entries, sum(table in ABOUT_HITS for table in tables))
    return {"requests": requests, "entries": entries, "sql": tables}
