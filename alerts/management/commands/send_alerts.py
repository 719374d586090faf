"""Runs the saved searches whose turn has come and sends what waits. `run_schedule` calls it every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alerts.outbox import retry_failed, send_due
from alerts.runs import run_due
from alerts.services import forget_old


class Command(BaseCommand):
    help = "Runs saved searches that are due (7:00, daily or on Monday) and sends the mails that wait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry-failed", action="store_true", help="Try mails again that were given up.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_failed"]:
            self._say(options, f"{retry_failed()} mails are tried again.")
        at = timezone.now()
        forget_old(at=at)
        found = run_due(at=at)
        sent = send_due(at=timezone.now())
        self._say(options, f"{found} searches found something new, {sent} mails were sent.")

    def _say(self, options: dict[str, Any], line: str) -> None:
        if options["verbosity"]:
            self.stdout.write(line)
