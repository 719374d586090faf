"""What a saved search finds now, and what of it is new.

Every thing a search has ever found is remembered with the search, so that a thing is told once: not again when it
changes, leaves and comes back. Remembered are the first 8 bytes of its random key: 80 kB for 10,000 things.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from search.listing import Listing
from search.watching import every_match

MOST = 10_000  # things one search is watched for: as far as Elasticsearch pages
SHORT = 8  # bytes
Stored = bytes | memoryview  # PostgreSQL gives the latter


def order_of(listing: Listing) -> str:
    """Newest first where the listing offers that."""
    return "newest" if "newest" in listing.sorts else listing.default_sort


def found_by(listing: Listing, query: str, *, language: str, reader: Any, at: datetime) -> list[str]:
    """Keys of all things that `reader` finds now, at most MOST, newest first; whichever engine answers."""
    order = order_of(listing)
    return every_match(listing, QueryDict(query), sort=order, most=MOST, language=language, reader=reader, at=at)


def pack(keys: Iterable[str], seen: Stored = b"") -> bytes:
    """`seen` with these keys added."""
    return b"".join(sorted(_unpack(seen) | {_short(key) for key in keys}))


def unseen(keys: Iterable[str], seen: Stored) -> list[str]:
    """Those that are not in `seen`, in their order."""
    known = _unpack(seen)
    return [key for key in keys if _short(key) not in known]


def _short(key: str) -> bytes:
    return UUID(key).bytes[:SHORT]


def _unpack(seen: Stored) -> set[bytes]:
    content = bytes(seen)
    return {content[start : start + SHORT] for start in range(0, len(content), SHORT)}
