"""Running the searches whose turn has come: what is new goes into the outbox, in one transaction with what is known.

Two runs at once are harmless: a search belongs to the run that moves its `last_run` on, and only that one writes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from alerts.enums import MailKind, MailState
from alerts.matching import found_by, pack, unseen
from alerts.models import AlertMail, SavedSearch
from alerts.querysets import SavedSearchQuerySet
from search.listing import Listing, audiences_of, listing_named

logger = logging.getLogger(__name__)


def run_due(*, at: datetime) -> int:
    """Returns how many searches found something new. A search that fails is logged and run again at the next look."""
    found_new = 0
    asked: tuple[tuple[str, ...], list[str]] | None = None
    for search in _one_by_one(at):
        try:
            listing = listing_named(search.listing)
            if listing is None or not still_means_the_same(listing, search.query, at):
                end_search(search, at)
                continue
            # They come ordered: equal searches of several readers are asked once.
            question = (search.listing, search.query, *audiences_of(search.user))
            if asked is None or asked[0] != question:
                asked = (question, _ask(listing, search, at))
            found_new += record_run(search, asked[1], at)
        except Exception:
            logger.exception("Saved search %s could not be run", search.pk)
    return found_new


def still_means_the_same(listing: Listing, query: str, at: datetime) -> bool:
    """False when a facet or one of the chosen values is gone: what is left would find things nobody asked for."""
    saved, now = QueryDict(query), QueryDict(listing.canonical(QueryDict(query), at=at))
    # The words are left out: how they are cleaned may change from one version to the next.
    return {**dict(saved.lists()), "q": []} == {**dict(now.lists()), "q": []}


def _one_by_one(at: datetime) -> Iterator[SavedSearch]:
    """Each read at its turn: what they know may be large."""
    due = SavedSearch.objects.due(at).order_by("listing", "query", "pk").values_list("pk", flat=True)
    for pk in list(due):
        search = SavedSearch.objects.due(at).select_related("user").filter(pk=pk).first()
        if search is not None:
            yield search


def _ask(listing: Listing, search: SavedSearch, at: datetime) -> list[str]:
    return found_by(listing, search.query, language=search.language, reader=search.user, at=at)


def record_run(search: SavedSearch, keys: list[str], at: datetime) -> bool:
    """Note what was found; True when some of it is new and will be mailed. False too when another run was first."""
    new = unseen(keys, search.seen)
    known = {"seen": pack(new, search.seen)} if new else {}
    with transaction.atomic():
        if not _unchanged(search).update(last_run=at, **known):
            return False
        if new:
            _add_to_outbox(search, new, at)
    return bool(new)


def _unchanged(search: SavedSearch) -> SavedSearchQuerySet:
    """The row as it was read, or nothing."""
    return SavedSearch.objects.filter(pk=search.pk, last_run=search.last_run, ended_at=None)


def _add_to_outbox(search: SavedSearch, new: list[str], at: datetime) -> None:
    """Into the mail that still waits, when none of it can have arrived: after an outage one mail comes, not ten."""
    untouched = AlertMail.objects.filter(search=search, kind=MailKind.RESULTS, state=MailState.PENDING, attempts=0)
    waiting = untouched.first()
    if waiting and untouched.filter(pk=waiting.pk).update(keys=[*new, *waiting.keys]):
        return
    AlertMail.objects.create(search=search, kind=MailKind.RESULTS, keys=new, created=at, due=at)


def end_search(search: SavedSearch, at: datetime) -> None:
    """It cannot be run any more: its reader is told once, then it is deleted (alerts.outbox)."""
    with transaction.atomic():
        if _unchanged(search).update(ended_at=at):
            AlertMail.objects.create(search=search, kind=MailKind.ENDED, created=at, due=at)
