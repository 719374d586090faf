"""What pages that tell a story need: all they show fetched together, their terms in one query, and links to other
pages that the public may see."""

from django import template
from django.db import models
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction

from core import stories
from core.models import Subsector, Topic

register = template.Library()


@register.simple_tag
def gather_story(page: Page) -> str:
    """Fetch all that the page's stories point to; prints nothing. Call it before anything else is drawn."""
    stories.gather(page)
    return ""


@register.simple_tag
def page_terms(page: Page) -> dict[str, list[str]]:
    """Slugs of a page's topics and subsectors, in their order: {"topics": […], "subsectors": […]}. One query.

    A preview's terms are not stored yet and come from the page itself.
    """
    if getattr(page, "_cluster_related_objects", None):
        return {name: [term.slug for term in getattr(page, name).all()] for name in ("topics", "subsectors")}
    rows = [
        model.objects.filter(
            pk__in=type(page)
            ._meta.get_field(name)
            .remote_field.through.objects.filter(**{page._meta.model_name: page.pk})
            .values(model._meta.model_name)
        )
        .order_by()
        .values_list(models.Value(name), "position", "slug")
        for name, model in (("topics", Topic), ("subsectors", Subsector))
    ]
    terms: dict[str, list[str]] = {"topics": [], "subsectors": []}
    for name, _position, slug in sorted(rows[0].union(rows[1], all=True)):
        terms[name].append(slug)
    return terms


@register.simple_tag
def pages_shown(stream: StreamValue, locale_id: int) -> list[Page]:
    """The pages that a stream of page choosers names, in its order, each in the reader's language where there is one.

    Those that the public may not read are left out. One query, whatever the number.
    """
    keys = [child["value"] for child in stream.raw_data if child["value"]]
    if not keys:
        return []
    chosen = Page.objects.filter(pk__in=keys)
    translated = models.Q(translation_key__in=chosen.values("translation_key"), locale_id=locale_id)
    # Not .public(): it reads all restrictions in a query of its own, which the language links have already made.
    here_or_above = models.ExpressionWrapper(models.OuterRef("path"), output_field=models.CharField())
    restricted = PageViewRestriction.objects.annotate(below=here_or_above).filter(
        below__startswith=models.F("page__path")
    )
    pages = Page.objects.filter(models.Q(pk__in=keys) | translated).exclude(models.Exists(restricted))
    by_key = {page.pk: page for page in pages.select_related("locale")}
    here = {page.translation_key: page for page in by_key.values() if page.live and page.locale_id == locale_id}
    named = [by_key[key] for key in keys if key in by_key]
    shown = [here.get(page.translation_key, page) for page in named]
    return [page for page in dict.fromkeys(shown) if page.live]
