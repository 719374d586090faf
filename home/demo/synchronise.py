"""A translation that stays tied to its source, made the way a translator makes it: string by string."""

from __future__ import annotations

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from core.models import BasePage
from home.services import publish_translation

Strings = dict[tuple[str, int], str]


def publish_synchronised(page: BasePage, locale: Locale, fields: dict, user=None) -> BasePage:
    """Translate ``page`` with wagtail-localize and publish it. A text that is built otherwise than its source (one
    paragraph more, another list) cannot be paired string by string: it becomes a translation that goes its own way."""
    written, shape = _segments(_as_written(page, fields))
    original, original_shape = _segments(page)
    if set(written) != set(original) or shape != original_shape:
        return publish_translation(page, locale, fields, user)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=segment.string_id,
                locale=locale,
                context_id=segment.context_id,
                data=written[segment.context.path, segment.order],
                last_translated_by=user,
            )
            for segment in source.stringsegment_set.select_related("context")
        ],
        ignore_conflicts=True,
    )
    translation.save_target(user=user, publish=True)
    return page.get_translation(locale)


def _as_written(page: BasePage, fields: dict) -> BasePage:
    """The page with the translator's text in it, never saved."""
    written = type(page)(locale=page.locale)
    for name, value in fields.items():
        setattr(written, name, value)
    return written


def _segments(page: BasePage) -> tuple[Strings, list[tuple[str, str]]]:
    """The translatable strings by place, and the templates that rich texts leave when their strings are taken out."""
    strings: Strings = {}
    templates: list[tuple[str, str]] = []
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and not segment.is_empty():
            strings[segment.path, segment.order] = segment.string.data
        elif isinstance(segment, TemplateSegmentValue):
            templates.append((segment.path, segment.template))
    return strings, templates
