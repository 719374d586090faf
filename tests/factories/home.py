"""The portal's frame in three languages, and plain pages."""

import json
from typing import Any

import factory
from django.test import TestCase

from home.models import StandardPage
from home.services import INDEX_PAGES, Tree, build_language_trees
from tests.factories.core import LANGUAGES
from tests.factories.pages import PublishedPageFactory

INDEX_SLUGS = {
    "directory": {"fr": "annuaire", "de": "verzeichnis", "en": "directory"},
    "news": {"fr": "actualites", "de": "nachrichten", "en": "news"},
    "events": {"fr": "agenda", "de": "termine", "en": "events"},
    "funding": {"fr": "aides", "de": "foerderung", "en": "funding"},
    "guides": {"fr": "guides", "de": "ratgeber", "en": "guides"},
}


def make_tree() -> Tree:
    """Tree[language][name] of published front and index pages; slugs as in INDEX_SLUGS."""
    home_texts = {code: {"title": f"Home {code}", "hero_title": f"Hero {code}"} for code in LANGUAGES}
    index_texts = {
        name: {code: {"title": f"{name.capitalize()} {code}", "slug": INDEX_SLUGS[name][code]} for code in LANGUAGES}
        for name in INDEX_PAGES
    }
    with TestCase.captureOnCommitCallbacks(execute=True):
        return build_language_trees(home_texts=home_texts, index_texts=index_texts)


def story(*blocks: tuple[str, Any]) -> str:
    """StreamField JSON of (type, raw value) pairs."""
    return json.dumps([{"type": kind, "value": value, "id": f"{i:08d}"} for i, (kind, value) in enumerate(blocks)])


class StandardPageFactory(PublishedPageFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda number: f"Plain page {number}")
    slug = factory.Sequence(lambda number: f"plain-{number}")
