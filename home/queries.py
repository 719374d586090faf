"""What the front page shows: the same cards as the listings, drawn from the same search entries. Five short lists, five
queries, whatever the portal holds; read from the database, so that the front page never waits for Elasticsearch."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from core.models import Subsector
from funding.enums import FundingStatus
from funding.facets import status_ranges
from search.listing import Hit, hit_from
from search.models import Audience, SearchEntry, SearchEntryQuerySet, SearchEntryValue

if TYPE_CHECKING:
    from home.models import HomePage

NEWS_SHOWN = 4
EVENTS_SHOWN = 4
FUNDING_SHOWN = 4
MEMBERS_SHOWN = 6


def front_page(page: HomePage, at: datetime.datetime) -> dict:
    """Context of the front page: lists of hits, and the subsectors with the number of their members."""
    return {
        "latest_news": _hits(_public("news").order_by("-sort_date", "key")[:NEWS_SHOWN], page.language),
        "next_events": _hits(
            _public("event").filter(axis_date__gte=at).order_by("axis_date", "key")[:EVENTS_SHOWN], page.language
        ),
        "closing_funding": _hits(_closing(at)[:FUNDING_SHOWN], page.language),
        "newest_members": _hits(_public("member").order_by("-sort_date", "key")[:MEMBERS_SHOWN], page.language),
        "subsectors": _subsectors(page.language),
    }


def _public(doc_type: str) -> SearchEntryQuerySet:
    return SearchEntry.objects.readable_by([Audience.PUBLIC.value]).filter(doc_type=doc_type).defer("texts", "terms")


def _closing(at: datetime.datetime) -> SearchEntryQuerySet:
    """Schemes whose deadline is near, soonest first."""
    _label, start, end = status_ranges(at)[FundingStatus.CLOSING]
    return _public("funding").filter(axis_date__gte=start, axis_date__lt=end).order_by("axis_date", "key")


def _hits(entries: SearchEntryQuerySet, language: str) -> list[Hit]:
    return [hit_from(entry.body, language) for entry in entries]


def _subsectors(language: str) -> list[dict]:
    """All subsectors in their order: slug, label and the number of members who belong to each."""
    counted = Count("entry", filter=Q(entry__is_listed=True, entry__audience=Audience.PUBLIC.value))
    rows = SearchEntryValue.objects.filter(facet="subsector", entry__doc_type="member").values("value")
    members = dict(rows.annotate(members=counted).values_list("value", "members"))
    return [
        {"slug": slug, "label": label, "members": members.get(slug, 0)}
        for slug, label in Subsector.labels_in(language).items()
    ]
