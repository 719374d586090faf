"""Where a reader goes who changes the language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language menu."""

    code: str
    name: str  # in its own language: "Français"
    url: str
    is_current: bool
    is_same: bool  # False: this page does not exist in that language, the link leads to the page above it
    is_written: bool = True  # False: the same thing, framed in that language, with its text in another


def language_links(page: Page, request) -> list[LanguageLink]:
    """One link per language of the portal, in the order of the settings. Two queries, whatever the page."""
    translations = {
        other.locale.language_code: other
        for other in Page.objects.filter(translation_key=page.translation_key).live().public().select_related("locale")
    }
    missing = [code for code, _name in settings.LANGUAGES if code not in translations]
    above = nearest_translated_ancestors(page, missing) if missing else {}
    query = f"?{urlencode(list(request.GET.lists()), doseq=True)}" if request.GET else ""
    links = []
    for code, _name in settings.LANGUAGES:
        target = translations.get(code)
        url = target.get_url(request) if target else above.get(code, f"/{code}/")
        links.append(
            LanguageLink(
                code=code,
                name=get_language_info(code)["name_local"].capitalize(),
                url=f"{url}{query}" if target else url,
                is_current=code == page.locale.language_code,
                is_same=target is not None,
            )
        )
    return links


def nearest_translated_ancestors(page: Page, codes: list[str]) -> dict[str, str]:
    """Language code → address of the closest live translation of a page above this one."""
    keys = list(page.get_ancestors().filter(depth__gt=1).order_by("-depth").values_list("translation_key", flat=True))
    order = {key: position for position, key in enumerate(keys)}
    found: dict[str, Page] = {}
    candidates = Page.objects.filter(translation_key__in=keys, locale__language_code__in=codes).live().public()
    for candidate in candidates.select_related("locale"):
        code = candidate.locale.language_code
        if code not in found or order[candidate.translation_key] < order[found[code].translation_key]:
            found[code] = candidate
    return {code: candidate.get_url() for code, candidate in found.items()}


def default_language_links(request) -> list[LanguageLink]:
    """For views that are no page: the same address in each language."""
    current = get_language()
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"].capitalize(),
            url=translate_url(f"{request.path}{query}", code),
            is_current=code == current,
            is_same=True,
        )
        for code, _name in settings.LANGUAGES
    ]
