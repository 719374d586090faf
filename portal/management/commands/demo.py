"""`make demo`, once the packages are there: database, demo content, search index, then a server to look at."""

import os
import socket
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands.runserver import Command as RunserverCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from elasticsearch import ApiError, Elasticsearch, TransportError

from portal.schedule import Schedule

DEMO_ACCOUNTS = (
    ("administrator", "everything"),
    ("editor", "writes and translates pages, submits them"),
    ("moderator", "approves and publishes"),
    ("member", "signed in: sees the contact details of members"),
)


class MigrationCounter(StringIO):
    """A stream for `migrate` that turns its lines into one counter on the real stream."""

    def __init__(self, stream: object, total: int) -> None:
        super().__init__()
        self.stream, self.total, self.done = stream, total, 0

    def write(self, text: str) -> int:
        if text.rstrip().endswith("OK"):
            self.done += 1
            if self.done % 25 == 0 or self.done == self.total:
                self.stream.write(f"    {self.done} of {self.total} migrations")
                self.stream.flush()
        return len(text)


class Command(RunserverCommand):
    help = "Prepare the demo (once) and serve it at http://127.0.0.1:$PORT/ (8000)."
    # The server checks the portal itself, once the database is there to be checked.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: object) -> None:
        super().add_arguments(parser)
        parser.set_defaults(use_reloader=False, skip_checks=False)

    def handle(self, *args: object, **options: object) -> None:
        port = os.environ.get("PORT") or "8000"
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
        self.refuse_taken_port(int(port))
        self.migrate()
        call_command("seed_demo", stdout=self.stdout, stderr=self.stderr)
        self.search_line = self.prepare_search()
        Schedule().start_thread()
        options["addrport"] = f"127.0.0.1:{port}"
        super().handle(*args, **options)

    def refuse_taken_port(self, port: int) -> None:
        """Fail before the long steps rather than after them."""
        with socket.socket() as probe:
            # As the server itself does: a port that was only just left is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken ({error.strerror}). Choose another: make demo PORT=8001"
                ) from error

    def migrate(self) -> None:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Preparing the database: {len(plan)} migrations")
            call_command("migrate", interactive=False, stdout=MigrationCounter(self.stdout, len(plan)))

    def prepare_search(self) -> str:
        """Bring the Elasticsearch index up to date when one is configured; return a line saying what answers."""
        url = settings.ELASTICSEARCH_URL
        if not url:
            return "the database (set ELASTICSEARCH_URL for Elasticsearch; `make search` runs one)"
        shown = urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl()
        try:
            with Elasticsearch(url, request_timeout=3, max_retries=0) as client:
                version = client.info()["version"]["number"]
        except (ApiError, TransportError, ValueError) as error:
            self.stderr.write(f"Elasticsearch at {shown} does not answer: {error}")
            return f"the database, until Elasticsearch answers at {shown}"
        if not self.index_is_current():
            self.stdout.write("Building the search index")
            call_command("search_index", "rebuild", stdout=self.stdout, stderr=self.stderr)
        return f"Elasticsearch {version} at {shown}"

    def index_is_current(self) -> bool:
        try:
            call_command("search_index", "check", stdout=StringIO(), stderr=StringIO())
        except CommandError:
            return False
        except SystemExit as end:
            return not end.code
        return True

    def check(self, **options: object) -> None:
        """Problems only: a count of none would stand where the addresses should."""
        super().check(**{**options, "display_num_errors": False})

    def on_bind(self, server_port: int) -> None:
        """Print where to go, once the server can be asked."""
        base = f"http://127.0.0.1:{server_port}"
        domain = "kreativ-reseau.example"
        lines = ["", f"The portal runs at {base}/", ""]
        for code, name in (("fr", "Français"), ("de", "Deutsch"), ("en", "English")):
            lines.append(f"  {name:<14}{base}/{code}/")
        lines += [f"  {'Admin':<14}{base}/admin/", "", "Log-ins"]
        lines += [f"  {f'{account}@{domain}':<42}{what}" for account, what in DEMO_ACCOUNTS]
        lines += [f"  Password for all: {os.environ.get('DEMO_PASSWORD') or 'portal-demo'}", ""]
        lines += [f"Search is answered by {self.search_line}.", "Ctrl-C stops it; what you edit is kept in var/.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
