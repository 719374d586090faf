"""What the front page shows. It draws the same cards as the listings, from the same documents: four short lists, four
queries, whatever the portal holds."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from home.models import HomePage


def front_page(page: HomePage, at: datetime.datetime) -> dict:
    """Context of the front page: lists of search hits, newest or soonest first."""
    return {"page_language": page.language, "at": at}
