"""How the tests' pages come into being: built, put below their parent, published as an editor publishes them."""

from typing import Any

import factory
from django.test import TestCase
from wagtail.models import Locale, Page

from core.models import BasePage


def publish(page: Page) -> Page:
    """Publish, with all that follows a commit (renditions, search) done when it returns."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    page.refresh_from_db()
    return page


def unpublish(page: Page) -> Page:
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.unpublish()
    page.refresh_from_db()
    return page


def translate(page: BasePage, language: str, **fields: Any) -> BasePage:
    """A published translation of ``page`` with fields of its own; the slug stays unless given."""
    translation = page.copy_for_translation(Locale.objects.get(language_code=language))
    translation.slug = page.slug
    for name, value in fields.items():
        setattr(translation, name, value)
    return publish(translation)


class PublishedPageFactory(factory.django.DjangoModelFactory):
    """``parent`` is required; ``published=False`` leaves a draft. Many-to-many fields take lists."""

    class Meta:
        abstract = True

    published = True

    @classmethod
    def _build(cls, model_class: type[Page], *args: Any, **fields: Any) -> Page:
        for name in ("parent", "published"):
            fields.pop(name, None)
        return cls._filled(model_class, fields)

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **fields: Any) -> Page:
        parent, published = fields.pop("parent"), fields.pop("published")
        page = cls._filled(model_class, {"locale": parent.locale, "live": False, **fields})
        parent.refresh_from_db()
        parent.add_child(instance=page)
        return publish(page) if published else page

    @staticmethod
    def _filled(model_class: type[Page], fields: dict[str, Any]) -> Page:
        many = {field.name for field in model_class._meta.get_fields() if field.many_to_many}
        page = model_class(**{name: value for name, value in fields.items() if name not in many})
        for name in many & set(fields):
            setattr(page, name, fields[name])
        return page
