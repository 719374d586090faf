"""Terms with a label in every language, and small uploads."""

import io
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.test import TestCase
from PIL import Image

from core.models import CustomDocument, CustomImage, Skill, SkillLabel, Subsector, SubsectorLabel, Topic, TopicLabel

LANGUAGES = ("fr", "de", "en")


class _TermFactory(factory.django.DjangoModelFactory):
    """``labels``: language → label; without, the slug with the language behind it ("design-de")."""

    class Meta:
        abstract = True
        exclude = ("label_model",)

    label_model: type
    labels = None

    @classmethod
    def _create(cls, model_class: type, *args: Any, **fields: Any) -> Any:
        labels = fields.pop("labels") or {code: f"{fields['slug']}-{code}" for code in LANGUAGES}
        term = model_class(**fields)
        for language, label in labels.items():
            term.labels.add(cls.label_model(language=language, label=label))
        with TestCase.captureOnCommitCallbacks(execute=True):
            term.save()
        return term


class SubsectorFactory(_TermFactory):
    class Meta:
        model = Subsector

    label_model = SubsectorLabel
    slug = factory.Sequence(lambda number: f"subsector-{number}")
    position = factory.Sequence(lambda number: number)


class SkillFactory(_TermFactory):
    class Meta:
        model = Skill

    label_model = SkillLabel
    slug = factory.Sequence(lambda number: f"skill-{number}")
    subsector = factory.SubFactory(SubsectorFactory)


class TopicFactory(_TermFactory):
    class Meta:
        model = Topic

    label_model = TopicLabel
    slug = factory.Sequence(lambda number: f"topic-{number}")


def picture_file(width: int = 600, height: int = 400, colour: str = "teal") -> ContentFile:
    """A JPEG of one colour; 480 pixels and more make it a picture, less a logo."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "JPEG")
    return ContentFile(content.getvalue(), "picture.jpg")


class ImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CustomImage

    title = factory.Sequence(lambda number: f"Image {number}")
    file = factory.LazyFunction(picture_file)

    @classmethod
    def _create(cls, model_class: type, *args: Any, **fields: Any) -> CustomImage:
        with TestCase.captureOnCommitCallbacks(execute=True):  # its renditions are made on commit
            return super()._create(model_class, *args, **fields)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CustomDocument

    title = factory.Sequence(lambda number: f"Document {number}")
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4\n%%EOF\n", "brochure.pdf"))
