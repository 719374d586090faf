"""What the front page shows: the same cards as the listings, drawn from the same search entries. Two queries,
whatever the portal holds; read from the database, so that the front page never waits for Elasticsearch."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, Q, When, Window
from django.db.models.functions import RowNumber

from core.models import Subsector
from funding.enums import FundingStatus
from funding.facets import status_ranges
from search.listing import Hit, hit_from
from search.models import Audience, SearchEntry, SearchEntryQuerySet, SearchEntryValue

if TYPE_CHECKING:
    from home.models import HomePage

# How many of each type are shown.
SHOWN = {"news": 4, "event": 4, "funding": 4, "member": 6}


def front_page(page: HomePage, at: datetime.datetime) -> dict:
    """Context of the front page: lists of hits, and the subsectors with the number of their members."""
    hits: dict[str, list[Hit]] = {doc_type: [] for doc_type in SHOWN}
    for entry in _entries(at):
        if len(hits[entry.doc_type]) < SHOWN[entry.doc_type]:
            hits[entry.doc_type].append(hit_from(entry.body, page.language))
    return {
        "latest_news": hits["news"],
        "next_events": hits["event"],
        "closing_funding": hits["funding"],
        "newest_members": hits["member"],
        "subsectors": _subsectors(page.language),
    }


def _entries(at: datetime.datetime) -> SearchEntryQuerySet:
    """The first few of each type: newest news and members, soonest events, funding that closes soonest."""
    _label, start, end = status_ranges(at)[FundingStatus.CLOSING]
    shown = (
        Q(doc_type__in=["news", "member"])
        | Q(doc_type="event", axis_date__gte=at)
        | Q(doc_type="funding", axis_date__gte=start, axis_date__lt=end)
    )
    soonest = Case(When(doc_type__in=["event", "funding"], then=F("axis_date")), default=None)
    order = [soonest.asc(), F("sort_date").desc(), F("key").asc()]
    place = Window(RowNumber(), partition_by=[F("doc_type")], order_by=order)
    entries = SearchEntry.objects.readable_by([Audience.PUBLIC.value]).filter(shown).annotate(place=place)
    return entries.filter(place__lte=max(SHOWN.values())).only("doc_type", "body").order_by("doc_type", "place")


def _subsectors(language: str) -> list[dict]:
    """All subsectors in their order: slug, label and the number of members who belong to each."""
    counted = Count("entry", filter=Q(entry__is_listed=True, entry__audience=Audience.PUBLIC.value))
    rows = SearchEntryValue.objects.filter(facet="subsector", entry__doc_type="member").values("value")
    members = dict(rows.annotate(members=counted).values_list("value", "members"))
    return [
        {"slug": slug, "label": label, "members": members.get(slug, 0)}
        for slug, label in Subsector.labels_in(language).items()
    ]
