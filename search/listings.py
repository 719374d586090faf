"""All listings of the portal by their key: the site search, and one for each index page type."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
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


def label_of(key: str) -> str:
    place = all_places().get(key)
    return place.label if place else key
