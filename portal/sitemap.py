"""Every public page with its translations, grouped by thing: our own, because alternates are needed."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class SitemapEntry:
    url: str
    modified: datetime | None
    alternates: tuple[tuple[str, str], ...]  # (language code, absolute address), this page's own among them


def sitemap_entries(request: HttpRequest) -> list[SitemapEntry]:
    """All live, public pages below the front pages; a constant number of queries."""
    pages = list(
        Page.objects.filter(depth__gt=1)
        .live()
        .public()
        .select_related("locale")
        .only(
            "id", "path", "depth", "url_path", "locale__language_code", "translation_key", "last_published_at", "slug"
        )
        .order_by("path")
    )
    groups: dict = {}
    for page in pages:
        if path := page.get_url(request):
            address = request.build_absolute_uri(path)
            groups.setdefault(page.translation_key, []).append((page.locale.language_code, address, page))
    return [
        SitemapEntry(address, page.last_published_at, tuple((code, url) for code, url, _page in group))
        for group in groups.values()
        for _code, address, page in group
    ]
