"""What pages that tell a story need: their pictures fetched together, and links to other pages that the public may see."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.db import models
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructValue
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

register = template.Library()


@register.simple_tag
def gather_pictures(page: Page) -> str:
    """Fetch the renditions of all pictures of a page's stories in one query, whatever their number; prints nothing.

    Pages that a story mentions get their covers and languages the same way.
    """
    found = [
        part
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
        for part in _models_in(field.value_from_object(page))
    ]
    pages = [part for part in found if isinstance(part, Page)]
    models.prefetch_related_objects(pages, "locale")
    models.prefetch_related_objects([part for part in pages if hasattr(part, "cover_id")], "cover")
    images = [part for part in found if isinstance(part, AbstractImage)]
    images += [part.cover for part in pages if getattr(part, "cover", None)]
    models.prefetch_related_objects(images, "renditions")
    return ""


def _models_in(value: Any) -> Iterator[models.Model]:
    """Every image, page and document inside a stream, however deep."""
    if isinstance(value, models.Model):
        yield value
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _models_in(child.value)
    elif isinstance(value, StructValue):
        for child in value.values():
            yield from _models_in(child)
    elif isinstance(value, ListValue):
        for child in value:
            yield from _models_in(child)


@register.simple_tag
def pages_shown(stream: StreamValue, locale_id: int) -> list[Page]:
    """The pages that a stream of page choosers names, in its order, each in the reader's language where there is one.

    Those that the public may not read are left out. Two queries, whatever the number.
    """
    keys = [child["value"] for child in stream.raw_data if child["value"]]
    if not keys:
        return []
    chosen = Page.objects.filter(pk__in=keys)
    translated = models.Q(translation_key__in=chosen.values("translation_key"), locale_id=locale_id)
    found = list(Page.objects.filter(models.Q(pk__in=keys) | translated).public().select_related("locale"))
    by_key = {page.pk: page for page in found}
    here = {page.translation_key: page for page in found if page.live and page.locale_id == locale_id}
    named = [by_key[key] for key in keys if key in by_key]
    shown = [here.get(page.translation_key, page) for page in named]
    return [page for page in dict.fromkeys(shown) if page.live]
