"""Building the portal's frame: one tree of front page and index pages per language."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from wagtail.models import Locale, Page, Site

from core.models import BasePage
from directory.models import DirectoryIndexPage
from events.models import EventIndexPage
from funding.models import FundingIndexPage
from guides.models import GuideIndexPage
from home.models import HomePage
from news.models import NewsIndexPage

INDEX_PAGES: dict[str, type[BasePage]] = {
    "directory": DirectoryIndexPage,
    "news": NewsIndexPage,
    "events": EventIndexPage,
    "funding": FundingIndexPage,
    "guides": GuideIndexPage,
}
# Tree[language][name]: the front page is "home".
Tree = dict[str, dict[str, BasePage]]


@transaction.atomic
def build_language_trees(*, home_texts: dict[str, dict], index_texts: dict[str, dict[str, dict]]) -> Tree:
    """Front page and index pages in every language of the portal, published; Wagtail's welcome page goes.

    ``home_texts``: language → fields of HomePage; ``index_texts``: name → language → fields of the index page.
    Raises ``ValueError`` where a front page exists already.
    """
    if HomePage.objects.exists():
        raise ValueError("The portal has a front page already.")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    source = settings.LANGUAGE_CODE
    home = HomePage(locale=locales[source], slug="home", **home_texts[source])
    for welcome in Page.get_first_root_node().get_children():
        welcome.delete()
    Page.get_first_root_node().add_child(instance=home)
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    tree: Tree = {source: {"home": home}}
    home.save_revision().publish()
    for name, model in INDEX_PAGES.items():
        page = model(locale=locales[source], show_in_menus=True, **index_texts[name][source])
        home.add_child(instance=page)
        page.save_revision().publish()
        tree[source][name] = page
    for code, locale in locales.items():
        if code != source:
            tree[code] = {}
            for name, page in tree[source].items():
                texts = home_texts[code] if name == "home" else index_texts[name][code]
                tree[code][name] = publish_translation(page, locale, {"slug": f"home-{code}", **texts})
    return tree


def publish_translation(page: BasePage, locale: Locale, fields: dict, user: AbstractBaseUser | None = None) -> BasePage:
    """A translation of ``page`` that goes its own way: copied with what all languages share, then published."""
    translation = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translation, name, value)
    translation.save_revision(user=user).publish()
    # Publishing moved the stored page to its own slug; children added to this object would stand below the old address.
    translation.refresh_from_db()
    return translation
