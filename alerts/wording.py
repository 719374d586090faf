"""A saved search in words, and where it leads: "Directory: “graphic”, Design, Luxembourg"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page, get_page_models

from alerts.matching import order_of
from search.facets import Facet, FlagFacet
from search.listing import Listing, listing_named
from search.views import SITE_SEARCH, ListingServeMixin


@dataclass(frozen=True)
class Place:
    """Where a listing is shown in one language."""

    title: str
    url: str  # a path; "" where the listing has no page in this language


@dataclass(frozen=True)
class Choice:
    facet: str  # "" for words searched for
    label: str  # of its values: "Capellen, Remich"


@dataclass(frozen=True)
class Description:
    title: str  # of the listing
    choices: list[Choice] = field(default_factory=list)
    url: str = ""  # the listing as it was saved
    newest_url: str = ""  # the same, newest first where the listing offers that
    text: str = ""  # all of it in one line

    def __str__(self) -> str:
        return self.text or self.title


class Wording:
    """Describes searches in one language. One query for all; labels of facets are asked for once."""

    def __init__(self, language: str, at: datetime | None = None) -> None:
        self.language = language
        self.at = at or timezone.now()
        with translation.override(language):
            self.places = places(language)
        self._labels: dict[tuple[str, str], dict[str, str]] = {}

    def describe(self, listing_name: str, query: str) -> Description:
        """Of a listing that is gone, its name."""
        listing = listing_named(listing_name)
        place = self.places.get(listing_name, Place(listing_name, ""))
        if listing is None:
            return Description(title=place.title)
        with translation.override(self.language):
            choices = self._choices(listing, QueryDict(query))
            return Description(
                title=place.title,
                choices=choices,
                text=_in_one_line(place.title, choices),
                url=_address(place.url, query),
                newest_url=_address(place.url, query, self._order(listing)),
            )

    def _order(self, listing: Listing) -> str:
        order = order_of(listing)
        return "" if order == listing.default_sort else order

    def _choices(self, listing: Listing, chosen: QueryDict) -> list[Choice]:
        words = chosen.get("q", "")
        choices = [Choice("", _("“%(words)s”") % {"words": words})] if words else []
        if words and chosen.get("exact"):
            choices.append(Choice("", _("exactly these words")))
        for facet in listing.facets:
            values = chosen.getlist(facet.name) if facet.name in chosen else listing.initial.get(facet.name, ())
            labels = self._labels_of(listing, facet)
            named = [str(facet.label) if isinstance(facet, FlagFacet) else labels[v] for v in values if v in labels]
            if named:
                choices.append(Choice(str(facet.label), ", ".join(named)))
        return choices

    def _labels_of(self, listing: Listing, facet: Facet) -> dict[str, str]:
        key = (listing.name, facet.name)
        if key not in self._labels:
            self._labels[key] = {value: str(label) for value, label in facet.labels(self.at).items()}
        return self._labels[key]


def _in_one_line(title: str, choices: list[Choice]) -> str:
    if not choices:
        return title
    labels = ", ".join(choice.label for choice in choices)
    return _("%(listing)s: %(choices)s") % {"listing": title, "choices": labels}


def _address(path: str, query: str, sort: str = "") -> str:
    if not path:
        return ""
    query = "&".join(part for part in (query, f"sort={sort}" if sort else "") if part)
    return f"{path}?{query}" if query else path


def places(language: str) -> dict[str, Place]:
    """Every named listing that is shown somewhere in this language, with the title its editors gave it. One query."""
    names = {model: listing.name for model in get_page_models() if (listing := _listing_of(model))}
    types = ContentType.objects.get_for_models(*names)
    pages = Page.objects.live().filter(locale__language_code=language, content_type__in=types.values())
    by_type = {content_type.pk: names[model] for model, content_type in types.items()}
    found = {by_type[page.content_type_id]: Place(page.title, page.get_url() or "") for page in pages.order_by("-path")}
    with translation.override(language):
        found[SITE_SEARCH.name] = Place(pgettext("listing", "Whole site"), reverse("search:site"))
    return found


def _listing_of(model: type) -> Listing | None:
    listing = getattr(model, "listing", None) if issubclass(model, ListingServeMixin) else None
    return listing if listing and listing.name else None
