"""One page of every type in every language, by name. `write` runs inside the seeded portal; the tests only read."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation

# Each stands for a template or a state of one; the tests of accessibility and markup visit them all.
INDEXES = ("directory", "news", "guides", "funding", "events")
PAGES = ("member", "news-item", "guide", "funding-scheme", "event")
SEARCHES = ("search", "search-results", "search-empty", "alert-new", "alert-gone")
VIEWS = (*SEARCHES, "sign-in", "sign-in-errors", "password-reset", "not-found")
KINDS = ("home", *INDEXES, *PAGES, "member-framed", "directory-filtered", "directory-empty", "about", *VIEWS)
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def write() -> None:
    """To the file named in ADDRESSES: {language: {kind: path}}."""
    found = {code: {**_pages(code), **_views(code)} for code in LANGUAGES}
    for code, kinds in found.items():
        missing = set(KINDS) - set(kinds)
        assert not missing, f"The demo has no {', '.join(sorted(missing))} in {code}"
    Path(os.environ["ADDRESSES"]).write_text(json.dumps(found, indent=1), encoding="utf-8")


def _pages(code: str) -> dict[str, str]:
    from directory.models import DirectoryIndexPage, MemberPage
    from events.models import EventIndexPage, EventPage
    from funding.models import FundingIndexPage, FundingPage
    from guides.models import GuideIndexPage, GuidePage
    from home.models import HomePage, StandardPage
    from news.models import NewsIndexPage, NewsPage

    indexes = (DirectoryIndexPage, NewsIndexPage, GuideIndexPage, FundingIndexPage, EventIndexPage)
    models = (MemberPage, NewsPage, GuidePage, FundingPage, EventPage)
    found = {"home": _in(HomePage, code)[0].url}
    found |= {kind: _in(model, code)[0].url for kind, model in zip(INDEXES, indexes, strict=True)}
    found |= {kind: _fullest(_in(model, code)).url for kind, model in zip(PAGES, models, strict=True)}
    directory = found["directory"]
    found["directory-filtered"] = f"{directory}?subsector=design&subsector=film&language=de"
    found["directory-empty"] = f"{directory}?q=zzzzqqqq&area=luxembourg"
    found["member-framed"] = f"{directory}{_untranslated(MemberPage, code).slug}/"
    # Where an editor finds the news; no page that the public sees.
    found["news-admin"] = reverse("wagtailadmin_explore", args=[_in(NewsIndexPage, code)[0].pk])
    # A guide in French that is still to be translated, where there is one.
    there = GuidePage.objects.filter(locale__language_code=code).values("translation_key")
    for guide in GuidePage.objects.filter(locale__language_code="fr").exclude(translation_key__in=there)[:1]:
        found["guide-to-translate-admin"] = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    # The page that shows every block of a story.
    found["about"] = max(_in(StandardPage, code), key=lambda page: len({block.block_type for block in page.body})).url
    return found


def _views(code: str) -> dict[str, str]:
    words = {"fr": "atelier", "de": "Werkstatt", "en": "studio"}
    with translation.override(code):
        search, reset = reverse("search:site"), reverse("account_reset_password")
        sign_in = reverse("account_login")
        alert, no_alert = reverse("alerts:new"), reverse("alerts:confirm", args=["incomplete"])
    return {
        "search": search,
        "search-results": f"{search}?q={words[code]}",
        "search-empty": f"{search}?q=zzzzqqqq",
        "alert-new": f"{alert}?listing=directory&subsector=design",
        "alert-gone": no_alert,
        "sign-in": sign_in,
        "sign-in-errors": sign_in,  # the form is sent empty, see the tests
        "password-reset": reset,
        "not-found": f"/{code}/nothing-here/",
    }


def _in(model, code: str) -> list:
    return list(model.objects.live().filter(locale__language_code=code).order_by("path"))


def _fullest(pages: list):
    """The page with the most in it; those that exist in all languages first."""

    def fullness(page) -> tuple[int, int]:
        filled = sum(1 for field in page._meta.fields if getattr(page, field.name) not in (None, "", False))
        return page.get_translations().live().count(), filled

    return max(pages, key=fullness)


def _untranslated(model, code: str):
    there = model.objects.live().filter(locale__language_code=code).values("translation_key")
    return model.objects.live().exclude(translation_key__in=there).order_by("path")[0]
