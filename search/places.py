"""Where the listings are: the address of each index page in a language, and what it may be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from wagtail.models import Page, get_page_models

from core.languages import open_to_all

from .facets import TermsFacet
from .listing import Listing

CACHE_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Place:
    """A public index page. Kept in the cache as it is."""

    url: str
    doc_types: tuple[str, ...]
    facets: tuple[str, ...]  # whose values are terms
    suggested_terms: tuple[str, ...]  # see ListingServeMixin, as the next one
    frames_every_language: bool


def places_in(language: str) -> list[Place]:
    """In the order of the page tree; one query at most per minute."""
    key = f"search:places:{language}"
    places: list[Place] | None = cache.get(key)
    if places is None:
        places = _find(language)
        cache.set(key, places, CACHE_SECONDS)
    return places


def _find(language: str) -> list[Place]:
    models = [model for model in get_page_models() if isinstance(getattr(model, "listing", None), Listing)]
    types = ContentType.objects.get_for_models(*models)
    by_type = {content_type.pk: model for model, content_type in types.items()}
    pages = open_to_all(Page.objects.filter(content_type__in=by_type, locale__language_code=language))
    return [
        place(by_type[page.content_type_id], url)
        for page in pages.order_by("path")
        if (url := page.get_url())  # None: it belongs to no site
    ]


def place(model: type[Page], url: str) -> Place:
    listing: Listing = model.listing
    return Place(
        url=url,
        doc_types=listing.documents,
        facets=tuple(facet.name for facet in listing.facets if isinstance(facet, TermsFacet)),
        suggested_terms=model.suggested_terms,
        frames_every_language=model.frames_every_language,
    )
