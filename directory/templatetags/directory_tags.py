"""What a member's profile shows besides its own text: gathered once, with a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.db import models
from django.template import Context
from django.utils.translation import get_language

from core import renditions
from core.models import CustomImage
from directory.enums import SpokenLanguage
from directory.models import MemberPage

register = template.Library()


@dataclass(frozen=True)
class Credit:
    """Another member who worked on it, in the reader's language where that profile is translated."""

    title: str
    url: str  # relative: all profiles of a language stand beside one another


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
    """Fetch what the profile needs: terms, pictures with their renditions, credited members."""
    blocks = [block.value for block in page.works]
    _fetch_pictures(page, [value["image"] for value in blocks])
    language = (get_language() or page.language).split("-")[0]
    credits = _credits([member for value in blocks for member in value["credits"] if member], language)
    make = bool(getattr(context.get("request"), "is_preview", False))
    spoken = {value: str(label) for value, label in SpokenLanguage.choices}
    return MemberFacts(
        is_foreign=page.language != language,
        directory_url="../",
        subsectors=[term.slug for term in page.subsectors.all()],
        skills=[term.slug for term in page.skills.all()],
        spoken_languages=[spoken[value] for value in page.spoken_languages if value in spoken],
        works=[_work(value, credits, make) for value in blocks],
    )


def _fetch_pictures(page: MemberPage, images: Iterable[CustomImage | None]) -> None:
    """Logo, cover and the works' renditions: two queries, whatever their number."""
    own = CustomImage.objects.in_bulk({key for key in (page.logo_id, page.cover_id) if key})
    for name in ("logo", "cover"):
        if getattr(page, f"{name}_id") in own:
            setattr(page, name, own[getattr(page, f"{name}_id")])
    models.prefetch_related_objects([image for image in (*own.values(), *images) if image], "renditions")


def _credits(members: list[MemberPage], language: str) -> dict[Any, Credit]:
    """Translation key → who it is; members that the public may not see are left out."""
    keys = {member.translation_key for member in members}
    if not keys:
        return {}
    found: dict[Any, MemberPage] = {}
    for page in MemberPage.objects.filter(translation_key__in=keys).live().public().select_related("locale"):
        if page.translation_key not in found or page.language == language:
            found[page.translation_key] = page
    return {key: Credit(title=page.title, url=f"../{page.slug}/") for key, page in found.items()}


def _work(value: Any, credits: dict[Any, Credit], make: bool) -> Work:
    keys = dict.fromkeys(member.translation_key for member in value["credits"] if member)
    return Work(
        title=value["title"],
        year=value["year"],
        client=value["client"],
        image=value["image"],
        alt=value["alt"],
        has_picture=renditions.source(value["image"], "lead", make=make) is not None,
        credits=[credits[key] for key in keys if key in credits],
    )
