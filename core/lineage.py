"""From an address to its page in one query, with the pages above it and all their translations: what routing, the
language menu and the check of restrictions each asked for by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageQuerySet, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

MAX_DEPTH = 12  # no page stands that deep; longer addresses are not looked up


@dataclass(frozen=True)
class Lineage:
    """A page's place: the pages above it, what each of them is called elsewhere, and who may read what."""

    chain: list[Page]  # from the front page down to the page itself
    translations: dict[UUID, dict[str, Page]]  # translation key → language → live, public page
    restrictions: list[PageViewRestriction]  # of the whole portal

    @classmethod
    def of(cls, page: Page) -> Lineage:
        """For a page that was reached some other way than by its address. Two queries."""
        paths = [page.path[:end] for end in range(2 * page.steplen, len(page.path) + 1, page.steplen)]
        found = _with_translations(Page.objects.filter(path__in=paths))
        by_path = {other.path: other for other in found}
        return cls.among(found, [*(by_path[path] for path in paths if path in by_path and path != page.path), page])

    @classmethod
    def among(cls, found: Iterable[Page], chain: list[Page]) -> Lineage:
        """``found``: the pages of the chain and their translations, with their locales. One query."""
        restrictions = list(PageViewRestriction.objects.select_related("page"))
        closed = tuple(restriction.page.path for restriction in restrictions)
        translations: dict[UUID, dict[str, Page]] = {}
        for page in found:
            if page.live and not (closed and page.path.startswith(closed)):
                translations.setdefault(page.translation_key, {})[page.locale.language_code] = page
        return cls(chain, translations, restrictions)

    @property
    def parents(self) -> dict[str, Page]:
        """Language → the page directly above."""
        return self.translations.get(self.chain[-2].translation_key, {}) if self.chain[:-1] else {}

    def above(self, code: str) -> Page | None:
        """The closest page above, in that language."""
        for page in reversed(self.chain[:-1]):
            if translation := self.translations.get(page.translation_key, {}).get(code):
                return translation
        return None

    def view_restrictions(self) -> list[PageViewRestriction]:
        """Those that hold for the page: its own and those of the pages above."""
        keys = {page.pk for page in self.chain}
        return [restriction for restriction in self.restrictions if restriction.page_id in keys]


def _with_translations(pages: PageQuerySet) -> list[Page]:
    keys = pages.values("translation_key")
    return list(Page.objects.filter(translation_key__in=keys).select_related("locale"))


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """What Wagtail's own routing answers, in three queries whatever the depth; ``None`` where there is no such page.

    A front page that is not published has nothing below it. Raises ``LookupError`` where Wagtail has to find out by
    itself: several sites, or none in this language.
    """
    components = [component for component in path.split("/") if component]
    if len(components) > MAX_DEPTH:
        return None
    root_path = _root_path()
    prefixes = [root_path + "".join(f"{slug}/" for slug in components[:end]) for end in range(len(components) + 1)]
    slugs = [root_path.strip("/").rsplit("/", 1)[-1], *components]
    # The slugs are there for their index: url_path has none.
    found = _with_translations(Page.objects.filter(slug__in=slugs, url_path__in=prefixes))
    by_address = {page.url_path: page for page in found}
    chain = []
    for prefix in prefixes:
        if prefix not in by_address:
            break
        chain.append(by_address[prefix])
    if not chain or not chain[0].live:
        return None
    if len(chain) > 1 and not chain[-1].live:
        chain.pop()  # a draft answers nothing; the page above may know what else its address stands for
    page = chain[-1].specific
    page.locale = chain[-1].locale
    page.lineage = Lineage.among(found, [*chain[:-1], page])
    try:
        return page.route(request, components[len(chain) - 1 :])
    except Http404:
        return None


def _root_path() -> str:
    roots = Site.get_site_root_paths()  # cached
    if len({root.site_id for root in roots}) == 1:
        for root in roots:
            if root.language_code == get_language():
                return root.root_path
    raise LookupError("Wagtail knows better")
