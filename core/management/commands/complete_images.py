"""Make the renditions that take long: AVIF of large pictures. The schedule calls it every minute."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from core import renditions


class Command(BaseCommand):
    help = "Makes missing AVIF renditions of images, some at a time (--all: until none is missing)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="go on until every image has them")

    def handle(self, *args: object, **options: object) -> None:
        total = made = renditions.complete()
        while options["all"] and made:
            made = renditions.complete()
            total += made
        if options["verbosity"]:
            self.stdout.write(f"{total} images completed")
