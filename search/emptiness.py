"""Searches that find nothing are counted, so that editors see which words are missing. Nobody's search is: no address,
no account, no time of a single search is kept, and whatever looks personal is not written at all.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode

from .listing import ListingResult
from .models import EmptySearch

logger = logging.getLogger(__name__)
KEPT = timedelta(days=400)
MOST_ROWS = 5_000  # robots cannot make it grow for ever
SWEPT = 200  # rows that go at once when it is full
PATIENCE = 200  # milliseconds that SQLite may wait for another writer: a page is worth more than a count
NUMBERS = re.compile(r"(?:\d[\s./()-]*){5,}")  # telephone, account and house numbers with postcodes
ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview", re.IGNORECASE)


def note_empty_search(request: HttpRequest, result: ListingResult, *, listing: str, language: str) -> None:
    """Count this search if it found nothing, or only with fewer words. Never raises; costs nothing otherwise."""
    outcome = outcome_of(result)
    if outcome is None or not _is_somebodys(request):
        return
    terms = " ".join(result.query.lower().split())
    if looks_personal(terms):
        return
    try:
        with _impatient(), transaction.atomic():
            _count(listing, terms, filters_of(result), language, outcome, timezone.now())
    except DatabaseError:
        logger.warning("A search without results could not be counted", exc_info=True)


def outcome_of(result: ListingResult) -> str | None:
    """None: nothing to note. A search while Elasticsearch is down, an exact one or a later page says nothing."""
    if result.degraded or result.widen_url or result.page > 1 or not result.is_filtered:
        return None
    if result.total == 0:
        return EmptySearch.Outcome.NOTHING
    if any(found.kind == "fewer" for found in result.widened):
        return EmptySearch.Outcome.FEWER
    return None


def looks_personal(terms: str) -> bool:
    """An address, a telephone number, or more than anybody types to find a profession."""
    return "@" in terms or len(terms) > EmptySearch.LONGEST or NUMBERS.search(terms) is not None


def filters_of(result: ListingResult) -> str:
    """ "area=south&skill=glass": validated values only, in one order."""
    return urlencode(sorted(result.hidden))[:300]


def _is_somebodys(request: HttpRequest) -> bool:
    """A first page somebody asked for: not fetched ahead, not by a robot."""
    headers = request.headers
    ahead = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}"
    return (
        request.method == "GET"
        and request.GET.get("page", "1") in ("", "1")
        and "prefetch" not in ahead.lower()
        and not ROBOT.search(headers.get("User-Agent", ""))
    )


def _count(listing: str, terms: str, filters: str, language: str, outcome: str, at: datetime) -> None:
    row = {"listing": listing, "terms": terms, "filters": filters, "language": language}
    if _again(row, outcome, at):
        return
    try:
        with transaction.atomic():
            EmptySearch.objects.create(**row, outcome=outcome, first_at=at, last_at=at)
    except IntegrityError:  # somebody else has just searched for the same
        _again(row, outcome, at)
    else:
        _make_room()


def _again(row: dict[str, str], outcome: str, at: datetime) -> bool:
    """A search that was thought solved is open again when it still finds nothing; a dismissed one stays away."""
    rows = EmptySearch.objects.filter(**row)
    if not rows.update(count=F("count") + 1, last_at=at, outcome=outcome):
        return False
    if outcome == EmptySearch.Outcome.NOTHING:
        rows.filter(state=EmptySearch.State.SOLVED).update(state=EmptySearch.State.OPEN)
    return True


def _make_room() -> None:
    """Searches made once go first, the oldest of them before others."""
    if EmptySearch.objects.count() > MOST_ROWS:
        oldest = EmptySearch.objects.order_by("count", "last_at").values_list("pk", flat=True)[:SWEPT]
        EmptySearch.objects.filter(pk__in=list(oldest)).delete()


@contextmanager
def _impatient() -> Iterator[None]:
    """No reader waits for a lock because of a count."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def forget_old(at: datetime) -> int:
    """Remove what nobody has searched for since KEPT; the number of rows that went."""
    return EmptySearch.objects.filter(last_at__lt=at - KEPT).delete()[0]
