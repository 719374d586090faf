"""The site search, and the mixin by which an index page serves its listing: as a page, a feed and a table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult

from .emptiness import note_empty_search
from .export import export_response
from .facets import TypeFacet
from .feeds import feed_response
from .listing import EXPORT, FEED, Hit, Listing, ListingResult, audiences_of
from .query import clean_query, parse_query
from .sentence import TYPE, Sentence
from .suggestions import answer_to

RESULTS_TEMPLATE = "components/listing_results.html"
SUGGESTIONS_SECONDS = 60  # how long a cache may keep what is suggested to everybody
SITE_SEARCH = Listing(
    name="site",
    facets=(TypeFacet(),),
    sorts=("relevance", "newest", "name"),
    default_sort="newest",
    sentence=Sentence(phrases={"type": TYPE}),
)
COPIES = {FEED: feed_response, EXPORT: export_response}


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

    With the header HX-Request only `results_template` is rendered. Mix in before BasePage. Below the page's address
    feed.atom and export.csv hold all that the same parameters find; no child can be in their way, since a slug has no
    full stop. Restrictions of the page hold for them, as they do for all that it routes.
    """

    listing: Listing
    # Facets whose terms readers are led here for, when one is suggested to them in a search field: ("skill",).
    suggested_terms: tuple[str, ...] = ()
    # Whatever language a thing is written in, it opens below this page under its slug; such things are named first.
    frames_every_language = False
    search_document = None  # an index page is found through what it lists
    results_template = RESULTS_TEMPLATE

    def get_listing(self, request: HttpRequest) -> Listing:
        return self.listing

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["listing"] = answer_and_note(self.get_listing(request), request)
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if len(path_components) == 1 and path_components[0] in COPIES and self.live:  # type: ignore[attr-defined]
            return RouteResult(self, kwargs={"copy": path_components[0]})
        return super().route(request, path_components)  # type: ignore[misc]

    def address_of(self, hit: Hit) -> str:
        """Where a hit of this listing is read."""
        return hit.url

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        if wants_results_only(request):
            return self.results_template
        return super().get_template(request, *args, **kwargs)  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, copy: str = "", **kwargs: Any) -> HttpResponse:
        if copy:
            return self.serve_copy(request, copy)
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        patch_vary_headers(response, ["HX-Request"])
        return response

    def serve_copy(self, request: HttpRequest, copy: str) -> HttpResponse:
        page: Any = self
        path = request.path.removesuffix(copy)
        name = page.title if copy == FEED else page.slug
        with translation.override(page.locale.language_code):
            return COPIES[copy](self.get_listing(request), request, path=path, name=name, address=self.address_of)


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


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What a search field suggests for `?q=`, as JSON (search.suggestions); `listing=member`: only what that lists.

    The same for everybody who is not signed in, so a shared cache may keep it. Whatever is typed, it answers.
    """
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    answer = answer_to(
        request.GET.get("q", ""),
        language=language,
        audiences=audiences_of(request.user),
        listing=request.GET.get("listing", ""),
    )
    response = JsonResponse(answer)
    patch_vary_headers(response, ["Cookie"])
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=SUGGESTIONS_SECONDS)
    return response


@require_safe
def site_search_copy(request: HttpRequest, copy: str) -> HttpResponse:
    """What the site search finds as a feed or a table; without a query, everything there is."""
    return COPIES[copy](SITE_SEARCH, request, path=request.path.removesuffix(copy), name=_("Search"))
