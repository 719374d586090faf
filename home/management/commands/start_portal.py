"""The first step of a portal of one's own: front page and index pages in every language, the vocabulary, no content."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.models import Subsector
from home.demo import frame
from home.models import HomePage
from home.services import INDEX_PAGES, build_language_trees

# "Förderung" is foerderung in an address: without its umlaut it would be another word.
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


class Command(BaseCommand):
    help = "Makes the page tree in every language, and the vocabulary. A portal that has pages is left as it is."

    @transaction.atomic
    def handle(self, *args, **options):
        if HomePage.objects.exists():
            self.stdout.write("The portal has pages already; nothing was changed.")
            return
        home_texts: dict[str, dict] = {}
        index_texts: dict[str, dict[str, dict]] = {name: {} for name in INDEX_PAGES}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                home_texts[code] = {"title": _("Home"), "hero_title": settings.WAGTAIL_SITE_NAME}
                for name, title in self._titles().items():
                    index_texts[name][code] = {"title": title, "slug": slugify(title.translate(SPELLED_OUT))}
        build_language_trees(home_texts=home_texts, index_texts=index_texts)
        if not Subsector.objects.exists():
            frame.make_terms()
        self.stdout.write(f"Pages made in {', '.join(dict(settings.LANGUAGES))}; go on at /admin/.")

    def _titles(self) -> dict[str, str]:
        """Index page → its title in the active language."""
        return {
            "directory": _("Directory"),
            "news": _("News"),
            "events": _("Events"),
            "funding": _("Funding"),
            "guides": _("Legal guides"),
        }
