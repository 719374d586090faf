"""Choosers of images, documents and pages whose choices can be fetched for a whole page at once.

Wagtail fetches what blocks point to one kind of block after the other: a story with a picture, a gallery and a contact
person asks three times for images. ``core.stories`` fetches everything first and lends it to the choosers here.
"""

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.documents import blocks as document_blocks
from wagtail.images import blocks as image_blocks

# (model, primary key) → object. A missing key means that it does not exist (any more).
Objects = Mapping[tuple[type[models.Model], Any], models.Model]
_lent: ContextVar[Objects | None] = ContextVar("lent", default=None)


@contextmanager
def lending(objects: Objects) -> Iterator[None]:
    """Inside, choosers take their objects from here and ask the database for nothing."""
    token = _lent.set(objects)
    try:
        yield
    finally:
        _lent.reset(token)


class BorrowingMixin:
    model_class: type[models.Model]

    def bulk_to_python(self, values: list[Any]) -> list[models.Model | None]:
        objects = _lent.get()
        if objects is None:
            return super().bulk_to_python(values)  # type: ignore[misc]
        return [copy.copy(objects.get((self.model_class, key))) for key in values]


class ImageChooserBlock(BorrowingMixin, image_blocks.ImageChooserBlock):
    # Migrations know these blocks under Wagtail's own names: nothing about what is stored differs.
    canonical_module_path = "wagtail.images.blocks.ImageChooserBlock"


class DocumentChooserBlock(BorrowingMixin, document_blocks.DocumentChooserBlock):
    canonical_module_path = "wagtail.documents.blocks.DocumentChooserBlock"


class PageChooserBlock(BorrowingMixin, blocks.PageChooserBlock):
    canonical_module_path = "wagtail.blocks.PageChooserBlock"
