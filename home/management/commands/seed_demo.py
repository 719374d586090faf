"""Loads the demo: a fictional cluster, through the same models and services that editors use."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from directory.models import MemberPage
from home.demo import content, frame
from home.demo.articles import Articles
from home.demo.members import Members
from home.models import HomePage
from search import entries

DEFAULT_PASSWORD = "portal-demo"  # noqa: S105  (the demo's own, printed when it starts)


class Command(BaseCommand):
    help = "Loads the demo content once; a portal that has pages already is left as it is."

    def handle(self, *args, **options):
        if HomePage.objects.exists():
            self.stdout.write("The demo content is there already; nothing was changed.")
            return
        started = time.monotonic()
        with translation.override("fr"), transaction.atomic():
            with entries.collected():
                self._load()
            self.stdout.write("  search entries written")
        self.stdout.write(f"Demo content loaded in {time.monotonic() - started:.0f} s.")

    def _load(self) -> None:
        password = os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD
        if len(password) < 8:
            raise CommandError("DEMO_PASSWORD needs at least 8 characters.")
        users = frame.make_accounts(password)
        editor, today = users["editor"], timezone.localdate()
        terms = frame.make_terms()
        frame.make_settings()
        tree = frame.make_tree()
        articles, members = Articles(tree, terms, editor, today), Members(tree, terms, editor, today)
        plain = frame.make_plain_pages(tree, editor)
        self._run("members", members.make(), len(content.members()))
        self._run("news", articles.make_news(), len(content.news()))
        self._run("legal guides", articles.make_guides(), len(content.guides()))
        self._run("funding schemes", articles.make_funding(), len(content.funding()))
        self._run("events", articles.make_events(), len(content.events()))
        shown = [members.images(subsector)[0] for subsector in ("architecture", "design", "performing-arts")]
        frame.show_every_block(plain["about"], shown, MemberPage.objects.order_by("path").first(), editor)

    def _run(self, what: str, steps: Iterable[int], total: int) -> None:
        """A bar that moves in a terminal, one line per kind elsewhere."""
        for done, _step in enumerate(steps, start=1):
            if self.stdout.isatty():
                filled = 30 * done // total
                self.stdout.write(f"\r  {what:<16} [{'#' * filled}{'.' * (30 - filled)}] {done}/{total}", ending="")
                self.stdout.flush()
        self.stdout.write(f"\r  {what:<16} {total:>4} published" + " " * 30)
        sys.stdout.flush()
