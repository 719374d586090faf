"""What the search documents of all page types are made from: plain text, concepts, pictures."""

from collections.abc import Iterable

from django.db.models import Prefetch
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from core import renditions
from core.models.media import CustomImage
from core.models.taxonomies import Term


def stream_text(page: Page, *fields: str) -> str:
    """The readable text of StreamFields."""
    parts: list[str] = []
    for name in fields:
        parts += page._meta.get_field(name).get_searchable_content(getattr(page, name))
    return prose(*parts)


def prose(*parts: str) -> str:
    """The parts as sentences: a heading or a noun phrase gets a full stop, so that passages do not run together."""
    texts = (str(part).strip() for part in parts)
    return " ".join(text if text[-1] in ".!?…:;" else f"{text}." for text in texts if text)


def rich_text(html: str) -> str:
    return get_text_for_indexing(html) if html else ""


def concepts(terms: Iterable[Term]) -> list[str]:
    """What the terms are called in the lexicon: "skill:ceramics"."""
    return [f"{term._meta.model_name}:{term.slug}" for term in terms]


def images(name: str, role: str) -> Prefetch:
    """Fetch a page's image together with the renditions of one role: two queries for any number of pages."""
    return Prefetch(name, queryset=CustomImage.objects.prefetch_renditions(*renditions.ROLES[role]))


def picture(image: CustomImage | None, role: str, alt: str = "") -> dict | None:
    """What a card shows of an image: src, avif, webp, width and height in pixels, alt. Makes missing renditions."""
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
