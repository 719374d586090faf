"""Everything that the stories of a page point to, fetched together: the number of queries follows from the kinds of
things (images, renditions, documents, members, funding schemes), never from the number or kinds of blocks."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.blocks import Block, ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructValue
from wagtail.fields import StreamField
from wagtail.models import Page

from core.choosers import BorrowingMixin, lending
from core.languages import open_to_all
from core.models.media import CustomImage


def gather(page: Page) -> None:
    """Open the streams of a page with all their images, documents and pages, and fetch the page's own images.

    At most one query per kind of thing, and one for the renditions of all images.
    """
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    streams = []
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            stream = field.value_from_object(page)
            if chosen := list(_chosen(field.stream_block, stream.raw_data)):
                streams.append(stream)
            for model, key in chosen:
                keys[model].add(key)
    own = [field for field in page._meta.concrete_fields if field.related_model is CustomImage]
    keys[CustomImage] |= {field.value_from_object(page) for field in own} - {None}
    objects: dict[tuple[type[models.Model], Any], models.Model] = {}
    for model in [model for model in keys if model is not CustomImage]:
        things = _pages(model, keys[model], page) if issubclass(model, Page) else model.objects.in_bulk(keys[model])
        objects |= {(model, key): thing for key, thing in things.items()}
    covered = [thing for thing in objects.values() if getattr(thing, "cover_id", None)]
    keys[CustomImage] |= {thing.cover_id for thing in covered}
    images = _images(keys[CustomImage])
    objects |= {(CustomImage, key): image for key, image in images.items()}
    for thing, field in [*((page, field) for field in own), *((t, t._meta.get_field("cover")) for t in covered)]:
        if image := images.get(field.value_from_object(thing)):
            field.set_cached_value(thing, image)
    with lending(objects):
        for stream in streams:
            _open(stream)


def _pages(model: type[Page], keys: set[Any], shown_on: Page) -> dict[Any, Page]:
    """The chosen pages by their key: each in the language of the page that shows it where there is one, and none that
    the public may not read."""
    translated = models.Q(translation_key__in=model.objects.filter(pk__in=keys).values("translation_key"))
    found = open_to_all(model.objects.filter(models.Q(pk__in=keys) | translated & models.Q(locale=shown_on.locale_id)))
    pages = list(found.select_related("locale"))
    here = {page.translation_key: page for page in pages if page.locale_id == shown_on.locale_id}
    return {page.pk: here.get(page.translation_key, page) for page in pages if page.pk in keys}


def _images(keys: set[Any]) -> dict[Any, CustomImage]:
    return CustomImage.objects.prefetch_related("renditions").in_bulk(keys) if keys else {}


def _chosen(block: Block, stored: Any) -> Iterator[tuple[type[models.Model], Any]]:
    """Model and key of every choice in what is stored of a block, however deep."""
    if not stored:
        return
    if isinstance(block, BorrowingMixin):
        yield block.model_class, stored
    elif isinstance(block, StreamBlock):
        for child in stored:
            if child["type"] in block.child_blocks:
                yield from _chosen(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _chosen(child, stored.get(name))
    elif isinstance(block, ListBlock):
        for item in stored:
            # Lists stored before Wagtail 2.16 hold bare values.
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield from _chosen(block.child_block, item["value"] if is_wrapped else item)


def _open(value: Any) -> None:
    """Turn stored choices into objects, at every depth: streams do so only when they are read."""
    if isinstance(value, StreamValue):
        for child in value:
            _open(child.value)
    elif isinstance(value, StructValue):
        for child in value.values():
            _open(child)
    elif isinstance(value, ListValue):
        for child in value:
            _open(child)
