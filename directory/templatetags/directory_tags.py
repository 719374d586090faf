"""What a member's profile shows besides its own text: gathered once, with a fixed number of queries."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.db import models
from django.template import Context
from django.utils.translation import get_language

from core import renditions
from core.languages import open_to_all
from core.models import CustomImage, Skill, Subsector
from directory.enums import SpokenLanguage
from directory.models import MemberPage

register = template.Library()


@dataclass(frozen=True)
class Credit:
    """Another member who worked on it, in the reader's language where that profile is translated."""

    title: str
    url: str  # relative: all profiles stand beside one another in the reader's own directory


@dataclass(frozen=True)
class Work:
    title: str
    year: int | None
    client: str
    image: CustomImage | None
    alt: str
    has_picture: bool  # False also while the renditions are not made
    credits: list[Credit] = field(default_factory=list)


@dataclass(frozen=True)
class MemberFacts:
    is_foreign: bool  # the text is in another language than the page around it
    directory_url: str
    subsectors: list[str]  # slugs
    skills: list[str]  # slugs
    spoken_languages: list[str]  # labels
    works: list[Work]


@register.simple_tag(takes_context=True)
def member_facts(context: Context, page: MemberPage) -> MemberFacts:
    """Fetch what the profile needs: terms, pictures with their renditions, credited members. Once per page.

    The stream is read in its stored form: opening its blocks would fetch pictures and members one kind after the other.
    """
    known = getattr(page, "_facts", None)
    if known is not None:
        return known
    preview = bool(getattr(context.get("request"), "is_preview", False))
    language = (get_language() or page.language).split("-")[0]
    works = [child["value"] for child in page.works.raw_data]
    images = _pictures(page, works)
    credits = _credits({key for work in works for key in _credited(work)}, language)
    subsectors, skills = _terms(page, preview)
    spoken = {value: str(label) for value, label in SpokenLanguage.choices}
    page._facts = MemberFacts(
        is_foreign=page.language != language,
        directory_url="../",
        subsectors=subsectors,
        skills=skills,
        spoken_languages=[spoken[value] for value in page.spoken_languages if value in spoken],
        works=[_work(work, images, credits, preview) for work in works],
    )
    return page._facts


def _pictures(page: MemberPage, works: list[dict[str, Any]]) -> dict[int, CustomImage]:
    """Logo, cover and the works' pictures with their renditions: two queries, whatever their number."""
    own = {name: getattr(page, f"{name}_id") for name in ("logo", "cover", "social_image")}
    keys = {key for key in (*own.values(), *(work.get("image") for work in works)) if key}
    images = {image.pk: image for image in CustomImage.objects.filter(pk__in=keys).prefetch_related("renditions")}
    for name, key in own.items():
        if key in images:
            setattr(page, name, images[key])
    return images


def _terms(page: MemberPage, preview: bool) -> tuple[list[str], list[str]]:
    """Slugs of subsectors and skills, in their order. One query for what is stored; a preview reads what is typed."""
    if preview:
        return [term.slug for term in page.subsectors.all()], [term.slug for term in page.skills.all()]
    chosen = {"subsectors": Subsector.objects.filter(pk__in=_chosen(page, "subsectors", "subsector_id"))}
    chosen["skills"] = Skill.objects.filter(pk__in=_chosen(page, "skills", "skill_id"))
    first, second = (
        terms.order_by().annotate(kind=models.Value(kind)).values_list("kind", "position", "slug")
        for kind, terms in chosen.items()
    )
    rows = sorted(first.union(second))
    subsectors = [slug for kind, _position, slug in rows if kind == "subsectors"]
    return subsectors, [slug for kind, _position, slug in rows if kind == "skills"]


def _chosen(page: MemberPage, name: str, column: str) -> models.QuerySet:
    return MemberPage._meta.get_field(name).remote_field.through.objects.filter(memberpage_id=page.pk).values(column)


def _credited(work: dict[str, Any]) -> list[int]:
    """Keys of the credited members' pages; a list block stores its entries bare or, since Wagtail 2.16, as dicts."""
    entries = work.get("credits") or []
    return [key for entry in entries if (key := entry["value"] if isinstance(entry, dict) else entry)]


def _credits(keys: set[int], language: str) -> dict[int, Credit]:
    """Page key → who it is; members that the public may not see are left out."""
    if not keys:
        return {}
    same = MemberPage.objects.filter(pk__in=keys).values("translation_key")
    pages = list(open_to_all(MemberPage.objects.filter(translation_key__in=same)).select_related("locale"))
    best = {page.translation_key: page for page in sorted(pages, key=lambda page: page.language == language)}
    shown = {key: Credit(title=page.title, url=f"../{page.slug}/") for key, page in best.items()}
    return {page.pk: shown[page.translation_key] for page in pages}


def _work(work: dict[str, Any], images: dict[int, CustomImage], credits: dict[int, Credit], preview: bool) -> Work:
    image = images.get(work.get("image"))
    named = [credits[key] for key in dict.fromkeys(_credited(work)) if key in credits]
    return Work(
        title=work.get("title") or "",
        year=work.get("year"),
        client=work.get("client") or "",
        image=image,
        alt=work.get("alt") or "",
        has_picture=image is not None and renditions.source(image, "lead", make=preview) is not None,
        credits=list(dict.fromkeys(named)),
    )
