"""The pages of the world by name, so that tests can be told apart by them: "member-de", "news-bare", "all_news-en"."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation

from core.models import BasePage
from tests.factories.core import LANGUAGES
from tests.factories.worlds import World

INDEXES = {
    "directory": "directory",
    "all_news": "news",
    "all_events": "events",
    "all_funding": "funding",
    "all_guides": "guides",
}  # → name in the tree
KINDS = ("member", "news", "guide", "funding", "event", "page")
IN_EVERY_LANGUAGE = [f"{name}-{code}" for name in ("home", *INDEXES, *KINDS) for code in LANGUAGES]
BARE = [f"{kind}-bare" for kind in KINDS]
Answer = Callable[[str], HttpResponse]  # the fixture `answer`: name → what an anonymous reader gets there
ALL = [*IN_EVERY_LANGUAGE, *BARE]


def search_address(code: str) -> str:
    """Of the site search in that language, as the catalogues say it."""
    with translation.override(code):
        return reverse("search:site")


def page_named(world: World, name: str) -> BasePage:
    kind, variant = name.split("-")
    if variant == "bare":
        return world.bare[kind]
    return world.full[kind][variant] if kind in world.full else world.tree[variant][INDEXES.get(kind, kind)]
