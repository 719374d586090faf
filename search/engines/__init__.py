"""Which engine answers: Elasticsearch when it is configured and well, the database otherwise."""

from __future__ import annotations

from django.conf import settings

from search.query import Answer, Question

from . import database


def ask(question: Question, *, only_database: bool = False) -> tuple[Answer, str, bool]:
    """(answer, name of the engine, degraded). Degraded: Elasticsearch is configured and the database answered.

    `only_database`: Elasticsearch has already failed this reader, who shall not wait for it again.
    """
    if not settings.ELASTICSEARCH_URL:
        return database.ask(question), "database", False
    if only_database:
        return database.ask(question), "database", True
    # Imported here: a portal without Elasticsearch does not pay for its client.
    from search.client import SearchUnavailable

    from . import elasticsearch

    try:
        return elasticsearch.ask(question), "elasticsearch", False
    except SearchUnavailable:
        return database.ask(question), "database", True
