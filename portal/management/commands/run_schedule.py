"""For production: a process of its own that publishes and expires pages at their time, and sends alerts."""

from django.core.management.base import BaseCommand

from portal.schedule import INTERVAL, Schedule


class Command(BaseCommand):
    help = "Publishes and expires scheduled pages and sends alerts, every minute until it is stopped."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=INTERVAL, help="Seconds between two looks (60).")

    def handle(self, *args, **options):
        try:
            Schedule(options["interval"]).run()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
