"""The parts of a listing that there are many of: values, areas, cards, links. All of it is drawn from templates
(search.drawn); here is only what goes into them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from core.models import Subsector
from core.templatetags.portal_tags import hit_url
from search.drawings import DrawnArea
from search.drawn import drawn
from search.facets import FacetResult, FacetValue
from search.listing import Hit

register = template.Library()

PRINTED = ("src", "avif", "webp", "alt")  # of a picture
SHAPE = ("value", "selected", "shade", "points", "x", "y", "is_named")  # of an area
LABELS = "subsector_labels"  # what stands in the context of a list


def _safe(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  (templates drew them, and drawn() escapes what it fills in)


@register.simple_tag
def facet_values(facet: FacetResult, values: Iterable[FacetValue]) -> SafeString:
    """The values as list items, in their order."""
    is_flag, language = facet.kind == "flag", get_language() or ""
    return _safe(
        drawn(
            "components/_facet_value.html",
            {
                "facet.name": facet.name,
                "value.value": value.value,
                "value.selected": value.selected,
                "value.is_zero": not value.count,
            },
            {
                "label": facet.label if is_flag else value.label,
                "value.count": str(value.count),
                "value.shown": _written(value.count, language),
            },
        )
        for value in values
    )


@lru_cache(maxsize=10_000)
def _written(number: int, language: str) -> str:
    """As readers of the active language write it."""
    return number_format(number)


@register.simple_tag
def facet_areas(facet: FacetResult) -> SafeString:
    """The areas of a facet's map."""
    caption_at = facet.drawing.caption_at if facet.drawing else (0, 0)
    return _safe(_area(facet.name, caption_at, area) for area in facet.drawn)


def _area(facet: str, caption_at: tuple[int, int], area: DrawnArea) -> str:
    count = _written(area.count, get_language() or "")
    name = ngettext("%(label)s, %(counter)s result", "%(label)s, %(counter)s results", area.count)
    said = name % {"label": area.label, "counter": count}
    if area.selected:
        said = gettext("%(name)s, selected") % {"name": said}
    return drawn(
        "components/_map_area.html",
        {
            "facet": facet,
            "caption_at": caption_at,
            "is_empty": not (area.count or area.selected),
            **{f"area.{name}": getattr(area, name) for name in SHAPE},
        },
        {"area.label": area.label, "area.count": count, "area.url": area.url, "name": said},
    )


@register.simple_tag(takes_context=True)
def card_of(context: Context, name: str, hit: Hit, shown: str) -> SafeString:
    """The card of a hit, by a template that is given no more of it than title, summary, cover and the fields of the
    card that are named in `shown`."""
    card, cover = hit.card, hit.card.get("cover") or {}
    inputs = {f"hit.card.{field}": _hashable(card.get(field)) for field in shown.split()}
    # Labels are read from a cache by the template; another label is another card.
    labels = context.get(LABELS) or subsector_labels()
    inputs |= {"labels": tuple(labels.get(slug) for slug in card.get("subsectors", ()))}
    inputs |= {f"hit.card.cover.{field}": cover[field] for field in ("width", "height") if cover}
    inputs |= {
        "eager": bool(cover and context.get("listing") and (context.get("forloop") or {}).get("first"))
    }  # on a phone it is seen at once
    inputs |= {"hit.type": "", "hit.language": hit.language, "hit.is_translated": hit.is_translated}
    fills = {
        "hit.mark": hit.mark,
        "hit.url": hit_url(context, hit),
        "hit.card.title": hit.why.title or card.get("title"),
        "hit.card.summary": hit.why.summary or card.get("summary"),
        "hit.drawn_reasons": hit_reasons(hit),
        **{f"hit.card.cover.{field}": cover.get(field) for field in PRINTED},
    }
    return _safe([drawn(name, inputs, fills)])


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@register.simple_tag
def subsector_labels() -> dict[str, str]:
    """For the cards below: read once for all of them."""
    return Subsector.choices_here()


@register.simple_tag
def hit_reasons(hit: Any) -> SafeString | str:
    """Why it was found, as a list; "" without a reason."""
    reasons = getattr(getattr(hit, "why", None), "reasons", ())
    if not reasons:
        return ""
    language = get_language()
    items = _safe(
        drawn(
            "components/_reason.html",
            {"kind": reason.kind, "language": reason.language if reason.language != language else ""},
            {"label": reason.label, "html": reason.html, "via": reason.via},
        )
        for reason in reasons
    )
    return _safe([drawn("components/hit_reasons.html", {}, {"items": items})])


@register.simple_tag
def listing_link(url: str) -> SafeString:
    """The attributes of a link that changes the listing in place."""
    return _safe([drawn("components/_listing_link.html", {}, {"url": url})])
