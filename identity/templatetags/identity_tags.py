"""Drawings in templates. They refer to the marks of ``{% sprite %}``, which base.html puts into every page once."""

from django import template

from identity.covers import BAND, SQUARE, WIDE, Cover, cluster_cover, cover_of
from identity.marks import all_marks, mark_of

register = template.Library()

FIELDS = {"wide": WIDE, "square": SQUARE, "band": BAND}


@register.inclusion_tag("identity/sprite.svg")
def sprite() -> dict:
    """The marks themselves, defined once for the page."""
    return {"marks": all_marks()}


@register.inclusion_tag("identity/mark.svg")
def mark(slug: str | None) -> dict:
    """The mark of a subsector in its colour; decoration, the label stands beside it in words."""
    return {"name": mark_of(slug)[0]}


@register.inclusion_tag("identity/cover.svg")
def cover(name: str, subsectors=(), field: str = "wide") -> dict:
    """What stands where a member or a page has no picture.

    `subsectors`: slugs, the first is the main one. `field`: "wide" (3 : 2), "square" or "band" (6 : 1).
    """
    return {"cover": cover_of(name or "", subsectors or (), FIELDS[field])}


@register.inclusion_tag("identity/cover.svg", name="cluster_cover")
def the_cluster() -> dict[str, Cover]:
    """All twelve subsectors joined."""
    return {"cover": cluster_cover()}
