"""What the schedule has done for search: old searches and addresses forgotten, waiting messages mailed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.emptiness import forget_old
from search.missing import forget_addresses, mail_waiting


class Command(BaseCommand):
    help = "Forget old searches without results and old e-mail addresses; mail messages that could not be mailed yet."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = (forget_old(now), forget_addresses(now), mail_waiting())
        if any(done) and options["verbosity"]:
            self.stdout.write("{} searches and {} addresses forgotten, {} messages mailed".format(*done))
