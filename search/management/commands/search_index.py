"""manage.py search_index rebuild|back|check|update|deliver [--type news]"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import comparison, delivery, generations, indexing
from search.client import JOB_TIMEOUT, SearchUnavailable
from search.documents import all_documents, document_for
from search.entries import Document, settle
from search.models import OutboxRow

BAR = 30  # characters


class Command(BaseCommand):
    help = "Rebuild, check, repair or deliver what search keeps: entries in the database, indexes in Elasticsearch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["rebuild", "back", "check", "update", "deliver"],
            help="rebuild: write new indexes and switch to them, readers notice nothing. back: "
            "return to the indexes in use before, brought up to date; again: forth. check: compare pages, "
            "entries and indexes, name what differs, exit code 1. update: repair what check finds. deliver: send "
            "what waits.",
        )
        parser.add_argument("--entries", action="store_true", help="rebuild: recompute the entries first")
        parser.add_argument(
            "--force",
            metavar="REASON",
            default="",
            help="rebuild: switch even to an index with far fewer documents. back: even to an index that another "
            "version of the portal has made. The reason goes to the log",
        )
        parser.add_argument("--type", action="append", dest="types", help="only this type; may be repeated")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        documents = self._documents(options.get("types") or [])
        try:
            getattr(self, f"_{action}")(documents, options)
        except SearchUnavailable as error:
            raise CommandError(f"Elasticsearch is not available: {error}") from error
        except (indexing.ShrunkIndex, generations.NoWayBack) as error:
            raise CommandError(str(error)) from error
        except indexing.BuildSuperseded as error:
            raise CommandError(f"A newer rebuild has taken over from {error}.") from error

    def _documents(self, names: list[str]) -> list[Document]:
        if unknown := [name for name in names if document_for(name) is None]:
            known = ", ".join(sorted(document.doc_type for document in all_documents()))
            raise CommandError(f"Unknown types: {', '.join(unknown)}. Known: {known}.")
        return [document for document in all_documents() if not names or document.doc_type in names]

    def _rebuild(self, documents: list[Document], options: dict[str, Any]) -> None:
        for document in documents:
            name = document.doc_type
            if options["entries"]:
                changed = indexing.recompute(document, self._progress(options, f"{name}: entries"))
                self._end(f"{name}: {changed} entries changed")
            if settings.ELASTICSEARCH_URL:
                count = indexing.rebuild(document, self._progress(options, f"{name}: index"), force=options["force"])
                self._end(f"{name}: {count} documents")
        if not settings.ELASTICSEARCH_URL:
            self.stdout.write("ELASTICSEARCH_URL is not set: the database answers, there is no index to rebuild.")

    def _back(self, documents: list[Document], options: dict[str, Any]) -> None:
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL is not set: there is no index to go back to.")
        builds = [generations.build_before(document, force=options["force"]) for document in documents]
        for document, build in zip(documents, builds, strict=True):  # all or none, as far as that can be known before
            count = generations.go_back(document, build, force=options["force"])
            self.stdout.write(f"{document.doc_type}: back to {build.index_name}, {count} documents")

    def _check(self, documents: list[Document], options: dict[str, Any]) -> None:
        differ = 0
        for document in documents:
            found = comparison.check(document)
            differ += bool(found)
            for line in found.lines():
                self.stdout.write(line)
            if not found:
                self.stdout.write(f"{document.doc_type}: in step")
        if differ:
            raise CommandError("Search differs from what is published; `search_index update` repairs it.", returncode=1)

    def _update(self, documents: list[Document], options: dict[str, Any]) -> None:
        left = [comparison.update(document, self.stdout.write) for document in documents]
        if any(left):
            for found in left:
                self.stderr.write("\n".join(found.lines()))
            raise CommandError("Some things still differ.", returncode=1)
        self.stdout.write("Search is in step with what is published.")

    def _deliver(self, documents: list[Document], options: dict[str, Any]) -> None:
        settle()
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL is not set: there is nowhere to deliver to.")
        self.stdout.write(f"{delivery.deliver(JOB_TIMEOUT, heed_breaker=False)} changes delivered, ", ending="")
        self.stdout.write(f"{OutboxRow.objects.count()} wait.")

    def _progress(self, options: dict[str, Any], label: str) -> indexing.Progress | None:
        """A bar on a terminal; lines when asked for with -v 2; else nothing."""
        if self.stdout.isatty():

            def bar(done: int, total: int) -> None:
                filled = BAR * done // max(total, 1)
                self.stdout.write(f"\r{label} [{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}", ending="")
                self.stdout.flush()

            return bar
        if options["verbosity"] > 1:
            return lambda done, total: self.stdout.write(f"{label} {done}/{total}")
        return None

    def _end(self, line: str) -> None:
        """Ends a bar, if there was one, on a line of its own."""
        self.stdout.write(f"\r\033[K{line}" if self.stdout.isatty() else line)
