"""What an app declares so that its things can be found: one `SearchDocument` per type, registered once.

    @register
    class NewsDocument(SearchDocument):
        doc_type = "news"
        label = _("News")
        model = NewsPage
        facets = NEWS_FACETS
        depends_on = ("core.Topic", "core.CustomImage")

        @classmethod
        def queryset(cls): return NewsPage.objects.live().prefetch_related("topics", ...)

        @classmethod
        def prepare(cls, pages): return Prepared(title=..., values=..., cards=...)

        @classmethod
        def keys_for(cls, instance): return NewsPage.objects.filter(...).values_list("translation_key", flat=True)

The module is called `<app>/documents.py`; SearchConfig.ready() imports it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils import timezone
from elasticsearch.dsl import Date, Document, Keyword, Mapping, Object, Text
from wagtail.models import PageViewRestriction

from .analysis import CHAINS, FOLD
from .facets import Facet
from .models import Audience

if TYPE_CHECKING:
    from .lexicon import Concept

# The searched fields of every document, each an object with one sub-field per language.
# parts: pieces of compounds, made in Python (search/compounds.py) so that both engines see the same ones.
TEXT_FIELDS = ("title", "summary", "works", "text", "parts")


@dataclass
class Prepared:
    """One thing, ready to be indexed. All dicts are keyed by language code; things that are empty may be left out."""

    title: dict[str, str] = field(default_factory=dict)  # the name, in every language it has
    concepts: list[str] = field(default_factory=list)  # what its terms are called in the lexicon: "skill:ceramics"
    summary: dict[str, str] = field(default_factory=dict)  # the sentence or two that stand first
    works: dict[str, str] = field(default_factory=dict)  # what it has made: named as such where a search finds it
    text: dict[str, str] = field(default_factory=dict)  # everything else worth finding; plain text, no mark-up
    values: dict[str, list[str]] = field(default_factory=dict)  # facet name → language-neutral values (slugs)
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)  # JSON; has "url" and "title", else free
    sort_name: str = ""  # empty: the title in the source language
    sort_date: datetime | date | None = None  # newest first
    axis_date: datetime | date | None = None  # what a DateFacet and the sort "soonest" work on
    source_language: str = ""  # empty: the language of the oldest page


class SearchDocument(Document):
    """Base of every document. Class attributes are the declaration, class methods the way from database to index."""

    doc_type: ClassVar[str] = ""  # a-z only: stands in URLs (?type=), index names and entries
    label: ClassVar[Any] = ""  # plural, lazy: "News", "Members"; the label in the site search
    model: ClassVar[type[models.Model] | None] = None
    facets: ClassVar[Sequence[Facet]] = ()  # all facets any listing of this type may use
    in_site_search: ClassVar[bool] = True
    weight: ClassVar[float] = 1.0  # beside the other types, where several are searched together
    # "app.Model" names whose saves and deletes change documents: keys_for() is asked with the instance. Of a term only
    # its slug is indexed; what it is called stands in the lexicon.
    depends_on: ClassVar[Sequence[str]] = ()

    key = Keyword()
    type = Keyword()
    audience = Keyword()
    languages = Keyword()
    source_language = Keyword()
    concepts = Keyword()
    prominence = Keyword()  # how much its texts speak of what it carries, in steps: search/prominence.py
    sort_name = Keyword()
    sort_date = Date()
    axis_date = Date()
    cards = Object(enabled=False)  # stored, never searched

    @classmethod
    def queryset(cls) -> models.QuerySet[Any]:
        """Pages with everything `prepare` needs fetched (select_related, prefetch_related): no query per thing after.

        The search package itself narrows it to live pages of the keys it is about, and leaves out what is restricted.
        """
        raise NotImplementedError(f"{cls.__name__} needs queryset()")

    @classmethod
    def prepare(cls, pages: list[Any]) -> Prepared:
        """`pages`: all readable translations of one thing (at least one), each with `.language` set to its code."""
        raise NotImplementedError(f"{cls.__name__} needs prepare()")

    @classmethod
    def load(cls, keys: Sequence[UUID]) -> dict[UUID, tuple[list[Any], str]]:
        """Key → (its readable translations, their audience), for those of `keys` that may be found at all.

        This is for pages; a document of plain models overrides it. A bounded number of queries for any number of keys.
        """
        restricted = _restricted_paths()
        public: dict[UUID, list[Any]] = {}
        signed_in: dict[UUID, list[Any]] = {}
        pages = cls.queryset().filter(translation_key__in=keys, live=True).order_by("pk")
        for page in pages:
            kinds = {kind for path, kind in restricted if page.path.startswith(path)}
            if not kinds:
                public.setdefault(page.translation_key, []).append(page)
            elif kinds == {PageViewRestriction.LOGIN}:
                signed_in.setdefault(page.translation_key, []).append(page)
        # What is public in one language is not mixed with what another one keeps for members.
        found = {key: (pages, Audience.SIGNED_IN.value) for key, pages in signed_in.items()}
        return {**found, **{key: (pages, Audience.PUBLIC.value) for key, pages in public.items()}}

    @classmethod
    def all_keys(cls) -> Iterable[UUID]:
        """Keys of everything that could be listed: what a full recomputation and `search_index check` walk."""
        return cls.model._default_manager.filter(live=True).values_list("translation_key", flat=True).distinct()  # type: ignore[union-attr]

    @classmethod
    def keys_for(cls, instance: models.Model) -> Iterable[UUID]:
        """Keys of the things whose document is made from `instance`, one of the `depends_on` models."""
        return ()

    @classmethod
    def more_concepts(cls) -> "Iterable[Concept]":
        """Concepts beside the terms of the taxonomies that its things may carry, such as areas."""
        return ()

    @classmethod
    def build_mapping(cls) -> Mapping:
        """The mapping of an index of this type: the fields above, one keyword per facet, one text per language."""
        mapping = Mapping()
        mapping.meta("dynamic", "strict")
        for name, definition in cls._doc_type.mapping.to_dict().get("properties", {}).items():
            mapping.field(name, definition.pop("type", "object"), **definition)
        values = {facet.name: Keyword() for facet in cls.facets if facet.stores_values}
        mapping.field("values", Object(properties={"type": Keyword(), **values}))
        for name in TEXT_FIELDS:
            per_language = {
                # With offsets a passage is marked without analysing the text again.
                code: Text(analyzer=code if code in CHAINS else FOLD, norms=name == "text", index_options="offsets")
                for code, _label in settings.LANGUAGES
            }
            mapping.field(name, Object(properties=per_language))
        return mapping


def _restricted_paths() -> list[tuple[str, str]]:
    """(tree path, kind) of every page with a view restriction: it holds for the page and all below it."""
    return list(PageViewRestriction.objects.values_list("page__path", "restriction_type"))


D = TypeVar("D", bound=type[SearchDocument])
_registry: dict[str, type[SearchDocument]] = {}


def register(document: D) -> D:
    """Class decorator. Raises ImproperlyConfigured for a missing or doubled doc_type."""
    name = document.doc_type
    if not name.isascii() or not name.isalpha() or not name.islower():
        raise ImproperlyConfigured(f"{document.__name__}.doc_type must be lower-case letters a-z, not {name!r}.")
    known = _registry.get(name)
    if known is not None and known.__qualname__ != document.__qualname__:
        raise ImproperlyConfigured(f"Two search documents are called {name!r}: {known} and {document}.")
    _registry[name] = document
    return document


def unregister(doc_type: str) -> None:
    """For tests that register a document of their own."""
    _registry.pop(doc_type, None)


def all_documents() -> list[type[SearchDocument]]:
    return list(_registry.values())


def document_for(doc_type: str) -> type[SearchDocument] | None:
    return _registry.get(doc_type)


def documents_of(model: type[models.Model]) -> list[type[SearchDocument]]:
    """The documents made from pages of this model (or of a model it inherits from)."""
    return [document for document in _registry.values() if document.model and issubclass(model, document.model)]


def day_start(day: date) -> datetime:
    """Midnight in the portal's time zone: from when a date counts."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_end(day: date) -> datetime:
    """Midnight after the day, in the portal's time zone: a deadline "on 3 May" is open until then."""
    return day_start(day + timedelta(days=1))
