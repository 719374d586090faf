"""A small portal on PostgreSQL with Elasticsearch, for the journeys about words: a few members, nothing else."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

from tests.functional.seeded import Portal, manage, serve

DIRECTORY = {"fr": "/fr/annuaire/", "de": "/de/verzeichnis/", "en": "/en/directory/"}
SOUGHT = ("Bauingenieurbüro Thommes & Kieffer", "Crayon Vif Animation", "Élan sonore")
OTHERS = 9  # members who must not be found
FILL = "from tests.functional.worded import fill; fill()"


def parts_are_there() -> bool:
    """Whether this is the run on PostgreSQL and Elasticsearch (tests/conftest.py)."""
    return os.environ.get("TEST_RUN") == "parts"


@contextmanager
def portal_on_parts(folder: Path) -> Iterator[str]:
    """Its address. The database and the indexes have names of their own and go with it."""
    name = f"portal_journeys_{uuid.uuid4().hex[:8]}"
    server = os.environ["DATABASE_URL"]
    (folder / "media").mkdir()
    environment = {
        **Portal(folder).environment,
        "DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl(),
        "ELASTICSEARCH_URL": os.environ["ELASTICSEARCH_URL"],
        "SEARCH_INDEX_PREFIX": name,
    }
    _on_server(server, f'CREATE DATABASE "{name}"')
    try:
        manage(environment, "migrate", "--verbosity=0")
        manage(environment, "shell", "--no-imports", "--command", FILL)
        manage(environment, "search_index", "rebuild")
        with serve(environment, folder / "log") as url:
            yield url
    finally:
        _on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        _drop_indexes(environment["ELASTICSEARCH_URL"], name)


def fill() -> None:
    """Runs inside the portal: the demo with a few of its members and no articles."""
    from django.core.management import call_command

    from home.demo import content

    sought = [record for record in content.members() if record["name"] in SOUGHT]
    assert len(sought) == len(SOUGHT)
    others = [record for record in content.members() if record["name"] not in SOUGHT][:OTHERS]
    with (
        mock.patch.object(content, "members", lambda: [*others, *sought]),
        mock.patch.object(content, "news", list),
        mock.patch.object(content, "guides", list),
        mock.patch.object(content, "funding", list),
        mock.patch.object(content, "events", list),
    ):
        call_command("seed_demo")


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _drop_indexes(url: str, prefix: str) -> None:
    from elasticsearch import Elasticsearch

    with Elasticsearch(url, request_timeout=30) as client:
        # By name: a server of the developer's own may refuse to delete by pattern.
        for index in client.indices.get(index=f"{prefix}-*"):
            client.indices.delete(index=index)
