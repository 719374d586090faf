"""What the frame of every page shows: read once per language, kept in the cache, dropped when something changes."""

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page

from core import renditions
from core.languages import default_language_links
from core.models.settings import CHROME_CACHE_PREFIX, CHROME_CACHE_SECONDS, SiteSettings


def site_chrome(request):
    return {
        "chrome": SimpleLazyObject(lambda: chrome_in(get_language() or settings.LANGUAGE_CODE)),
        # Pages bring their own links; this serves views that are no page (search, sign-in, errors).
        "language_links": SimpleLazyObject(lambda: default_language_links(request)),
    }


def chrome_in(language: str) -> dict:
    """Keys: name, tagline, footer_text, contact_*, social_links, supporters, menu, legal, home_url, search_url, …"""
    key = f"{CHROME_CACHE_PREFIX}:{language}"
    chrome = cache.get(key)
    if chrome is None:
        chrome = {**_settings_part(language), **_menu_part(language)}
        cache.set(key, chrome, CHROME_CACHE_SECONDS)
    return {
        **chrome,
        "search_url": reverse("search:site"),
        "login_url": reverse("account_login"),
        "logout_url": reverse("account_logout"),
    }


def _settings_part(language: str) -> dict:
    site = SiteSettings.objects.prefetch_related("texts", "social_links", "supporters__logo").first() or SiteSettings()
    texts = {text.language: text for text in site.texts.all()} if site.pk else {}
    text = texts.get(language) or texts.get(settings.LANGUAGE_CODE)
    return {
        "name": site.name,
        "tagline": text.tagline if text else "",
        "footer_text": text.footer_text if text else "",
        "contact_email": site.contact_email,
        "contact_phone": site.contact_phone,
        "contact_address": site.contact_address,
        "social_links": [{"name": link.name, "url": link.url} for link in site.social_links.all()] if site.pk else [],
        "supporters": [_supporter(supporter) for supporter in site.supporters.all()] if site.pk else [],
    }


def _supporter(supporter) -> dict:
    logo = renditions.source(supporter.logo, "logo")
    return {"name": supporter.name, "url": supporter.url, "logo": logo.as_dict() if logo else None}


def _menu_part(language: str) -> dict:
    home = Page.objects.filter(depth=2, locale__language_code=language).live().first()
    children = list(home.get_children().live().public().order_by("path")) if home else []
    entries = [{"title": page.title, "url": page.get_url(), "in_menu": page.show_in_menus} for page in children]
    directory = next((page for page in children if page.cached_content_type.model == "directoryindexpage"), None)
    plain = {page.pk for page in children if page.cached_content_type.model == "standardpage"}
    return {
        "home_url": home.get_url() if home else f"/{language}/",
        "directory_url": directory.get_url() if directory else "",
        "menu": [entry for entry in entries if entry["in_menu"]],
        # Addresses of the index pages by model name: "newsindexpage", "directoryindexpage", …
        "pages": {
            page.cached_content_type.model: entry["url"]
            for page, entry in zip(children, entries, strict=True)
            if page.pk not in plain
        },
        "legal": [
            entry for page, entry in zip(children, entries, strict=True) if page.pk in plain and not entry["in_menu"]
        ],
    }
