"""What the search documents of all page types are made from: plain text, term words, pictures."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Prefetch
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from core import renditions
from core.models.media import CustomImage
from core.models.taxonomies import Term


def stream_text(page: Page, *fields: str) -> str:
    """The readable text of StreamFields, one space between blocks."""
    parts: list[str] = []
    for name in fields:
        parts += page._meta.get_field(name).get_searchable_content(getattr(page, name))
    return " ".join(str(part) for part in parts if part)


def rich_text(html: str) -> str:
    return get_text_for_indexing(html) if html else ""


def term_words(terms: Iterable[Term]) -> dict[str, list[str]]:
    """Labels and synonyms of all the terms, in every language of the portal."""
    words: dict[str, list[str]] = {code: [] for code, _name in settings.LANGUAGES}
    for term in terms:
        for code, found in term.words().items():
            words.setdefault(code, []).extend(found)
    return words


def all_term_words(*models: type[Term]) -> list[str]:
    """Every label and synonym of whole taxonomies: the parts that German compounds may have."""
    return [word for model in models for word in model.all_words()]


def images(name: str, role: str) -> Prefetch:
    """Fetch a page's image together with the renditions of one role: two queries for any number of pages."""
    return Prefetch(name, queryset=CustomImage.objects.prefetch_renditions(*renditions.ROLES[role]))


def picture(image: CustomImage | None, role: str, alt: str = "") -> dict | None:
    """What a card needs to show an image: src, srcset, width and height in pixels, alt. Makes missing renditions."""
    if image is None:
        return None
    try:
        source = renditions.source(image, role, make=True)
    except OSError:  # the file is gone: a card without a picture, not a page that cannot be published
        return None
    return {**source.as_dict(), "alt": alt} if source else None


def card_base(page: Page) -> dict:
    """What every card has."""
    return {"url": page.get_url() or "", "title": page.title, "summary": getattr(page, "introduction", "")}
