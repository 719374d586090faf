"""Asks the judged questions: of our listings on either engine, and of Wagtail's own search as the baseline.

Needs Django set up on a database with the demo content (scripts/relevance.py sees to that).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from statistics import fmean
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db.models import TextField
from django.http import QueryDict
from django.test import override_settings
from django.utils import translation
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from directory.facets import DIRECTORY
from directory.models import MemberPage
from search.client import breaker, client
from search.documents import all_documents
from search.indexing import drop_indexes
from search.views import SITE_SEARCH
from tests.search.judgements import PAGE, JudgedQuery, ndcg, recall

Ask = Callable[[JudgedQuery], list[str]]
LISTINGS = {"directory": DIRECTORY, "site": SITE_SEARCH}
WAGTAIL_PAGES = PAGE * 6  # a thing has up to three pages, and index pages come between


@dataclass(frozen=True, kw_only=True)
class Score:
    query: JudgedQuery
    found: Sequence[str]  # at most 24 ids, best first

    @property
    def ndcg(self) -> float:
        return ndcg(self.found, self.query.answers)

    @property
    def recall(self) -> float:
        return recall(self.found, self.query.answers)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Means over questions; every question weighs the same."""

    ndcg: float
    recall: float


def figures(scores: Sequence[Score]) -> Figures:
    return Figures(ndcg=fmean(score.ndcg for score in scores), recall=fmean(score.recall for score in scores))


def names_of_things() -> dict[UUID, str]:
    """Translation key → "<doc_type>:<slug>", the French page's slug, else that of the page that was there first."""
    names: dict[UUID, str] = {}
    for document in all_documents():
        pages = document.model.objects.order_by("pk").values_list("translation_key", "slug", "locale__language_code")
        for key, slug, language in pages:
            if key not in names or language == "fr":
                names[key] = f"{document.doc_type}:{slug}"
    return names


def ask_ours(engine: str, names: dict[UUID, str]) -> Ask:
    """Through the listings that the pages use. Raises RuntimeError where another engine had to answer."""

    def ask(query: JudgedQuery) -> list[str]:
        asked = QueryDict(mutable=True)
        asked["q"] = query.text
        with translation.override(query.language):
            result = LISTINGS[query.listing].answer(asked, path="/", language=query.language)
        if result.engine != engine:
            raise RuntimeError(f"“{query.text}” was answered by {result.engine}, not by {engine}")
        return [names[UUID(hit.key)] for hit in result.hits][:PAGE]

    return ask


def ask_wagtail(backend: str, names: dict[UUID, str]) -> Ask:
    """As a plain site's search view does: live pages, no filter of language, best first; a thing's best page counts."""

    def ask(query: JudgedQuery) -> list[str]:
        pages = MemberPage.objects.live() if query.listing == "directory" else Page.objects.live().public()
        found = pages.search(query.text, backend=backend)[:WAGTAIL_PAGES]
        known = [names[page.translation_key] for page in found if page.translation_key in names]
        return list(dict.fromkeys(known))[:PAGE]

    return ask


def index_for_wagtail(backend: str) -> None:
    """Every text field of every page type that we search, as Wagtail's documentation has sites declare them."""
    for document in all_documents():
        model = document.model
        known = {field.field_name for field in model.search_fields}
        texts = [
            field.name
            for field in model._meta.local_fields
            if isinstance(field, RichTextField | StreamField | TextField)
        ]
        model.search_fields = [*model.search_fields, *(index.SearchField(name) for name in texts if name not in known)]
    call_command("wagtail_update_index", backend_name=backend, verbosity=0)


def measure(ask: Ask, queries: Sequence[JudgedQuery]) -> list[Score]:
    return [Score(query=query, found=ask(query)) for query in queries]


def _rebuild() -> None:
    call_command("search_index", "rebuild", entries=True, stdout=StringIO())


@contextmanager
def our_indexes() -> Iterator[None]:
    """Everything indexed anew, the entries recomputed first; the indexes go afterwards."""
    breaker.reset()
    _rebuild()
    try:
        yield
    finally:
        for document in all_documents():
            drop_indexes(document)


def measure_all(queries: Sequence[JudgedQuery], engines: Sequence[str]) -> dict[str, list[Score]]:
    """Engine → scores. Engines: "elasticsearch", "database", "wagtail" and, where there is a server,
    "wagtail-elasticsearch"."""
    names = names_of_things()
    measured: dict[str, list[Score]] = {}
    for engine in engines:
        if engine == "elasticsearch":
            with our_indexes():
                measured[engine] = measure(ask_ours(engine, names), queries)
        elif engine == "database":
            with override_settings(ELASTICSEARCH_URL=""):
                _rebuild()
                measured[engine] = measure(ask_ours(engine, names), queries)
        else:
            measured[engine] = _measure_wagtail(engine, names, queries)
    return measured


def _measure_wagtail(engine: str, names: dict[UUID, str], queries: Sequence[JudgedQuery]) -> list[Score]:
    backend = "elasticsearch" if engine == "wagtail-elasticsearch" else "default"
    try:
        index_for_wagtail(backend)
        return measure(ask_wagtail(backend, names), queries)
    finally:
        if backend == "elasticsearch":
            indices = client().indices
            for name in indices.get(index=f"{settings.SEARCH_INDEX_PREFIX}-wagtail-*"):
                indices.delete(index=name)
