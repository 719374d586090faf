"""The site search, and the mixin by which an index page serves its listing. Parse, call, render."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from .emptiness import note_empty_search
from .facets import TypeFacet
from .listing import Listing, ListingResult
from .query import clean_query, parse_query

RESULTS_TEMPLATE = "components/listing_results.html"
SITE_SEARCH = Listing(facets=(TypeFacet(),), sorts=("relevance", "newest", "name"), default_sort="newest")


def wants_results_only(request: HttpRequest) -> bool:
    """htmx asks for the results block alone, except where it restores a page from history."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def answer_and_note(listing: Listing, request: HttpRequest) -> ListingResult:
    """What the reader asked for; a search that finds nothing is counted for the editors."""
    language = get_language() or settings.LANGUAGE_CODE
    reader = getattr(request, "user", None)
    result = listing.answer(request.GET, path=request.path, language=language, reader=reader)
    note_empty_search(request, result, listing=listing.key, language=language)
    return result


class ListingServeMixin:
    """For an index page: set `listing = DIRECTORY`; its template gets {"listing": ListingResult}.

    With the header HX-Request only `results_template` is rendered. Mix in before BasePage.
    """

    listing: Listing
    search_document = None  # an index page is found through what it lists
    results_template = RESULTS_TEMPLATE

    def get_listing(self, request: HttpRequest) -> Listing:
        return self.listing

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["listing"] = answer_and_note(self.get_listing(request), request)
        return context

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        if wants_results_only(request):
            return self.results_template
        return super().get_template(request, *args, **kwargs)  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        patch_vary_headers(response, ["HX-Request"])
        return response


def site_search(request: HttpRequest) -> HttpResponse:
    """Everything public (and what a signed-in reader may see), the type as a facet. Without a query: a prompt."""
    query = clean_query(request.GET.get("q", ""))
    result: ListingResult | None = None
    if parse_query(query):
        result = answer_and_note(SITE_SEARCH, request)
    partial = wants_results_only(request) and result is not None
    template = RESULTS_TEMPLATE if partial else "search/search.html"
    response = TemplateResponse(request, template, {"listing": result, "query": query})
    patch_vary_headers(response, ["HX-Request"])
    return response
