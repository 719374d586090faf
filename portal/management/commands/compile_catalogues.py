"""Compile the interface catalogues without GNU gettext, so that `make demo` needs Python alone."""

import os
from argparse import ArgumentParser
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/*.po to .mo where the .mo is missing or older (--all: always)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="compile what is up to date too")

    def handle(self, *args: object, **options: object) -> None:
        for root in settings.LOCALE_PATHS:
            for source in sorted(Path(root).glob("*/LC_MESSAGES/*.po")):
                target = source.with_suffix(".mo")
                if not options["all"] and target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
                    continue
                count = compile_catalogue(source, target)
                self.stdout.write(f"{source.relative_to(Path(root).parent)}: {count} messages compiled")


def compile_catalogue(source: Path, target: Path) -> int:
    """Write target from source and return the number of messages in it; fuzzy ones are left out.

    The file is put in place whole: a server that starts meanwhile reads the old or the new one, never half of one.
    """
    catalogue = polib.pofile(str(source))
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    catalogue.save_as_mofile(str(unfinished))
    unfinished.replace(target)
    return len(catalogue.translated_entries())
