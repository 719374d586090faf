"""What templates need beyond Django's own: money, dates of cards, labels of terms, pictures. None of it asks the
database for a card: labels come from caches, pictures from what was prepared when the image was saved."""

import datetime
from typing import Any

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_info

from core import renditions
from core.models import Skill, Subsector, Term, Topic

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
HOME_DEPTH = 2  # of front pages in the tree
TAXONOMIES: dict[str, type[Term]] = {"subsector": Subsector, "skill": Skill, "topic": Topic}
# How wide a picture of each role is drawn, for the browser's choice among the sources; card templates may say better.
SIZES = {
    "card": "(min-width: 60rem) 30vw, (min-width: 40rem) 45vw, 92vw",
    "lead": "(min-width: 60rem) 66vw, 94vw",
    "logo": "10rem",
    "social": "100vw",
}


@register.filter
def euro(amount: Any) -> str:
    """12000 → "12 000 €" in French, "12.000 €" in German, "€12,000" in English. "" for None and what is no number."""
    if amount in (None, ""):
        return ""
    try:
        whole = float(amount) == int(float(amount))
        number = number_format(amount, 0 if whole else 2, use_l10n=True, force_grouping=True)
    except (TypeError, ValueError):
        return ""
    if (get_language() or "").startswith("en"):
        return f"€{number}"
    return f"{number.replace(' ', NO_BREAK_SPACE)}{NO_BREAK_SPACE}€"


def _moment(value: Any) -> datetime.date | datetime.datetime | None:
    """A date or time, or the ISO form of one; None for anything else."""
    if not isinstance(value, str):
        return value or None
    try:
        return parse_date(value) or parse_datetime(value)
    except ValueError:
        return None


@register.filter
def as_date(value: Any) -> datetime.date | datetime.datetime | None:
    """The ISO date or time of a card, ready for the date filter; None for what is none.

    A time keeps the clock of its own offset (an event shows the time of its place): the date filter would turn it
    into the portal's time zone, so the offset is taken away. Give it local times only, never UTC from the database.
    """
    moment = _moment(value)
    return moment.replace(tzinfo=None) if isinstance(moment, datetime.datetime) else moment


@register.filter
def days_until(value: Any) -> int | None:
    """Whole days from today to that day: 0 is today, negative is over, None where there is no date."""
    day = _moment(value)
    if isinstance(day, datetime.datetime):
        day = timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return (day - timezone.localdate()).days if day else None


@register.filter
def is_over(value: Any) -> bool:
    """Whether that moment has passed; a date has passed when its day has."""
    moment = _moment(value)
    if isinstance(moment, datetime.datetime):
        return (moment if timezone.is_aware(moment) else timezone.make_aware(moment)) < timezone.now()
    return bool(moment) and moment < timezone.localdate()


@register.filter
def term_label(slug: Any, taxonomy: str) -> str:
    """The label of a term in the reader's language: {{ slug|term_label:"subsector" }}. The slug where it is unknown."""
    model = TAXONOMIES.get(taxonomy)
    return model.labels_in(get_language() or "").get(str(slug), str(slug)) if model else str(slug)


@register.filter
def choice_label(value: Any, field: str) -> str:
    """The label of a choice: {{ card.area|choice_label:"directory.MemberPage.area" }}; else the value."""
    try:
        app, model, name = field.split(".")
        choices = dict(apps.get_model(app, model)._meta.get_field(name).flatchoices)
    except (LookupError, ValueError, FieldDoesNotExist):
        return str(value)
    return str(choices.get(value, value))


@register.filter
def language_name(code: Any) -> str:
    """The name of a language in the reader's language: "de" → "allemand". The code where it is unknown."""
    try:
        return get_language_info(str(code))["name_translated"]
    except KeyError:
        return str(code)


@register.filter
def without_scheme(url: Any) -> str:
    """https://www.example.org/ → example.org: how an address reads in text."""
    return str(url or "").split("://", 1)[-1].removeprefix("www.").rstrip("/")


@register.inclusion_tag("components/_image.html", takes_context=True)
def responsive_image(
    context: Context, image: Any, role: str, alt: str = "", sizes: str = "", css: str = "", eager: bool = False
) -> dict[str, Any]:
    """An <img> of a stored image, or nothing while its renditions are not made (in a preview they are made at once).

    `role`: a key of core.renditions.ROLES. `eager`: for the picture one sees first; the others load lazily.
    """
    request = context.get("request")
    source = renditions.source(image, role, make=bool(getattr(request, "is_preview", False))) if image else None
    picture = {**source.as_dict(), "alt": alt, "tint": image.tint if role == "lead" else ""} if source else None
    return {"picture": picture, "sizes": sizes or SIZES.get(role, "100vw"), "css": css, "eager": eager}


@register.simple_tag(takes_context=True)
def social_image_url(context: Context, page: Any) -> str:
    """The absolute address of what stands for a page where it is shared: the editor's image, or the one drawn for it.

    The address changes when the page is published again, so that networks fetch it anew. "" without a request.
    """
    request = context.get("request")
    if request is None or not page.pk:
        return ""
    image = getattr(page, "social_image", None)
    source = renditions.source(image, "social") if image else None
    if source:
        return request.build_absolute_uri(source.src)
    published = int(page.last_published_at.timestamp()) if page.last_published_at else 0
    return request.build_absolute_uri(f"{reverse('share_image', args=[page.pk])}?v={published}")


@register.simple_tag(takes_context=True)
def absolute_url(context: Context, url: str) -> str:
    """A path of this site with scheme and host; an absolute address stays as it is."""
    request = context.get("request")
    return request.build_absolute_uri(url) if request and url else url or ""


@register.filter
def first_hue(slugs: Any) -> str:
    """The class that tints a part with the colour of its first subsector: "hue--design"; "" without one."""
    first = next(iter(slugs or ()), "")
    return f"hue--{first}" if first else ""


@register.simple_tag(takes_context=True)
def breadcrumb(context: Context, page: Any) -> list[dict[str, str]]:
    """The pages above this one, from the front page down, as title and url.

    The menus know the front page and the pages below it, so that a page further down costs no query; one query where
    the page above it is in no menu. A member's profile that is shown inside another language (page.frame) stands
    below that language's directory, which its address says.
    """
    chrome, request = context.get("chrome") or {}, context.get("request")
    frame = getattr(page, "frame", None)
    crumbs = [{"title": str(chrome["name"]), "url": chrome["home_url"]}] if chrome else []
    if crumbs and page.depth == HOME_DEPTH + 1:
        return crumbs
    path = getattr(request, "path", "")
    entries = (entry for entry in _menu_entries(chrome) if path.startswith(entry["url"]) and path != entry["url"])
    parent = next(entries, None)
    if crumbs and parent and page.depth == HOME_DEPTH + 2:
        return [*crumbs, {"title": parent["title"], "url": parent["url"]}]
    above = (frame or page).get_ancestors(inclusive=frame is not None).filter(depth__gt=1)
    return [{"title": ancestor.title, "url": ancestor.get_url(request) or ""} for ancestor in above]


def _menu_entries(chrome: dict[str, Any]) -> list[dict[str, str]]:
    return [*chrome["menu"], *chrome["legal"]] if chrome else []


@register.simple_tag(takes_context=True)
def member_url(context: Context, member: Any) -> str:
    """A member's profile within the reader's own directory, whatever language its text is written in."""
    directory = context["chrome"].get("directory_url")
    return f"{directory}{member.slug}/" if directory else member.get_url()


@register.simple_tag(takes_context=True)
def hit_url(context: Context, hit: Any) -> str:
    """Where a card leads: a member's text in another language opens within the reader's own directory."""
    if hit.type == "member" and not hit.is_translated and context["chrome"].get("directory_url"):
        return f"{context['chrome']['directory_url']}{hit.card['slug']}/"
    return hit.url
