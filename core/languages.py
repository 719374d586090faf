"""Where a reader goes who changes the language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import PageQuerySet, PageViewRestriction

if TYPE_CHECKING:
    from core.models import BasePage


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language menu."""

    code: str
    name: str  # in its own language: "Français"
    url: str
    is_current: bool
    is_same: bool  # False: this page does not exist in that language, the link leads to the page above it
    is_written: bool = True  # False: the same thing, framed in that language, with its text in another

    @property
    def address(self) -> str:
        """Without what was chosen or searched: that is no address of its own."""
        return self.url.split("?", 1)[0]


def path_asked() -> ExpressionWrapper:
    """Inside a subquery: the path of the page that the outer query is about, so that it can be looked up in."""
    return ExpressionWrapper(OuterRef("path"), output_field=CharField())


def open_to_all(pages: PageQuerySet) -> PageQuerySet:
    """Live pages without a restriction on them or above them; a condition, not a query of its own."""
    restricted = PageViewRestriction.objects.annotate(asked=path_asked()).filter(asked__startswith=F("page__path"))
    return pages.live().filter(~Exists(restricted))


def language_links(page: "BasePage", request) -> list[LanguageLink]:
    """One link per language of the portal, in the order of the settings. No query once the page knows its lineage."""
    translations = page.lineage.translations.get(page.translation_key, {})
    own = page.locale.language_code
    query = f"?{urlencode(list(request.GET.lists()), doseq=True)}" if request.GET else ""
    links = []
    for code, _name in settings.LANGUAGES:
        # Whoever reads a page that is not public, or not published yet, is on it all the same.
        target = page if code == own else translations.get(code)
        found = target or page.lineage.above(code)
        url = (found.get_url(request) if found else None) or f"/{code}/"
        links.append(
            LanguageLink(
                code=code,
                name=get_language_info(code)["name_local"].capitalize(),
                url=f"{url}{query}" if target else url,
                is_current=code == own,
                is_same=target is not None,
            )
        )
    return links


def default_language_links(request) -> list[LanguageLink]:
    """For views that are no page: the same address in each language."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return _links_everywhere(lambda code: translate_url(f"{request.path}{query}", code))


def front_page_links() -> list[LanguageLink]:
    """Where there is nothing at an address: it is missing in the other languages too, so they begin at the front."""
    return _links_everywhere(lambda code: f"/{code}/")


def _links_everywhere(url_in: Callable[[str], str]) -> list[LanguageLink]:
    current = get_language()
    return [
        LanguageLink(
            code=code,
            name=get_language_info(code)["name_local"].capitalize(),
            url=url_in(code),
            is_current=code == current,
            is_same=True,
        )
        for code, _name in settings.LANGUAGES
    ]
