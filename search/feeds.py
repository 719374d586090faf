"""Any filter set of any listing as an Atom feed. Everybody gets the same: it is asked as an anonymous reader."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page

from core.models import SiteSettings, Subsector, Topic

from .export import Address
from .listing import Hit, Listing, ListingResult
from .models import SearchEntry

FEED_LENGTH = 50
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ListingFeed(Atom1Feed):
    """Entries say their language where it is not the feed's."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] != self.feed["language"] else {}

    def latest_post_date(self) -> datetime:
        """An empty feed is as old as can be, and the same each time it is asked for."""
        return (
            super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=timezone.get_default_timezone())
        )


@dataclass(frozen=True, kw_only=True)
class Dates:
    published: datetime
    updated: datetime


def feed_response(
    listing: Listing, request: HttpRequest, *, path: str, name: str, address: Address | None = None
) -> HttpResponse:
    """`path`: of the listing itself; `name`: its title, which the feed has while nothing is chosen."""
    newest = replace(listing, page_size=FEED_LENGTH, sorts=("newest",), default_sort="newest")
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("sort", None)
    result = newest.answer(query, path=path, language=get_language(), reader=None)
    site = SiteSettings.objects.first() or SiteSettings()
    feed = ListingFeed(
        title=_writable(f"{result.sentence if result.is_narrowed else name} – {site.name}"),
        link=request.build_absolute_uri(result.url),
        description=None,
        language=get_language(),
        author_name=site.name,
        feed_url=request.build_absolute_uri(result.feed_url),
    )
    labels = {"topics": Topic.choices_here(), "subsectors": Subsector.choices_here()}
    for hit, dates in _dated(result):
        categories = [names.get(slug, slug) for key, names in labels.items() for slug in hit.card.get(key) or ()]
        _add(feed, hit, dates, request.build_absolute_uri(address(hit) if address else hit.url), categories)
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _add(feed: Atom1Feed, hit: Hit, dates: Dates, url: str, categories: list[str]) -> None:
    feed.add_item(
        title=_writable(hit.card.get("title", "")),
        link=url,
        description=escape(_writable(hit.card.get("summary") or "")),  # a summary in Atom is HTML
        # One for each language of a thing, and the same in every feed it is in.
        unique_id=uuid.uuid5(uuid.UUID(hit.key), hit.language).urn,
        pubdate=dates.published,
        updateddate=dates.updated,
        categories=categories,
        language=hit.language,
    )


def _writable(text: str) -> str:
    """Without the characters that no XML document can hold, escaped or not."""
    return NOT_IN_XML.sub(" ", text)


def _dated(result: ListingResult) -> list[tuple[Hit, Dates]]:
    """Hits with their dates, newest first; two queries whatever their number.

    The date a thing is sorted by is the one it carries (of a news item: its own), unless it is still to come, as an
    event's is: then it is that of its first publication.
    """
    keys = [hit.key for hit in result.hits]
    dates = dict(SearchEntry.objects.filter(key__in=keys).values_list("key", "sort_date"))
    pages = {
        (str(key), language): (first, last)
        for key, language, first, last in Page.objects.filter(translation_key__in=keys, live=True).values_list(
            "translation_key", "locale__language_code", "first_published_at", "last_published_at"
        )
    }
    now = timezone.now()
    dated = []
    for hit in result.hits:
        own = dates.get(uuid.UUID(hit.key))
        first, last = pages.get((hit.key, hit.language), (None, None))
        published = own if own and own <= now else (first or own or now)
        updated = max(published, last or published)
        # In the portal's time zone, so that the date of a news item reads as it does on its page.
        local = Dates(published=timezone.localtime(published), updated=timezone.localtime(updated))
        dated.append((hit, local))
    return sorted(dated, key=lambda pair: pair[1].published, reverse=True)
