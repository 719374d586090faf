"""How indexes and aliases are called: portal-news is an alias, portal-news-20260131t120000000000 an index behind it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings


def alias_name(doc_type: str) -> str:
    return f"{settings.SEARCH_INDEX_PREFIX}-{doc_type}"


def index_name(doc_type: str, moment: datetime) -> str:
    return f"{alias_name(doc_type)}-{moment:%Y%m%dt%H%M%S%f}"


def write_alias(index: str) -> str:
    """Deliveries go through an alias of their own that must exist, so that a lost index is never made up by a write."""
    return f"{index}-w"
