"""All listings of the portal by their key: the site search, and one for each index page type."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from .documents import document_for
from .listing import Listing
from .views import SITE_SEARCH, ListingServeMixin


@dataclass(frozen=True, kw_only=True)
class Place:
    """A listing and where it is read."""

    listing: Listing
    page_model: type[Page] | None  # None: the site search

    @property
    def label(self) -> str:
        """In the active language: "Members"; "Whole site"."""
        names = [str(found.label) for name in self.listing.documents if (found := document_for(name))]
        return ", ".join(names) or _("Whole site")

    def address_in(self, language: str) -> str:
        """Where it is read in this language; "" when it has no page there. A query at most."""
        if self.page_model is None:
            with override(language):
                return reverse("search:site")
        page = self.page_model._default_manager.filter(locale__language_code=language, live=True).first()
        return (page.get_url() or "") if page else ""


def all_places() -> dict[str, Place]:
    """Key → place; the site search first."""
    places = {SITE_SEARCH.key: Place(listing=SITE_SEARCH, page_model=None)}
    for model in apps.get_models():
        if issubclass(model, ListingServeMixin) and issubclass(model, Page):
            places.setdefault(model.listing.key, Place(listing=model.listing, page_model=model))
    return places


def addresses() -> dict[tuple[str, str], str]:
    """(key, language) → where that listing is read; one query for all of them."""
    places = all_places()
    found: dict[tuple[str, str], str] = {}
    keys: dict[str, str] = {}
    for key, place in places.items():
        if place.page_model is None:
            found.update({(key, code): place.address_in(code) for code, _name in settings.LANGUAGES})
        else:
            keys[place.page_model._meta.model_name or ""] = key
    pages = Page.objects.filter(live=True, content_type__model__in=keys).select_related("locale", "content_type")
    for page in pages.order_by("path"):
        place_of = (keys[page.content_type.model], page.locale.language_code)
        found.setdefault(place_of, page.get_url() or "")
    return found


def label_of(key: str) -> str:
    place = all_places().get(key)
    return place.label if place else key
