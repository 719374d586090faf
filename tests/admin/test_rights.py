"""Who may open what: role × address. Anonymous readers and members get nothing of the admin, whatever the view."""

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import translate_object

from home.services import Tree
from search.models import SearchEntry
from tests.admin.conftest import client_of
from tests.factories.core import DocumentFactory, ImageFactory, SkillFactory, SubsectorFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.guides import GuidePageFactory
from tests.factories.news import NewsPageFactory

ROLES = ("anonymous", "member", "editor", "moderator", "administrator")
STAFF = {"editor", "moderator", "administrator"}
CHIEFS = {"moderator", "administrator"}
ADMINISTRATOR = {"administrator"}
# Address → roles that it opens to. {page}: a published news item; {guide}: one with a translation.
ADDRESSES = {
    "/admin/": STAFF,
    "/admin/pages/": STAFF,
    "/admin/pages/{page}/edit/": STAFF,
    "/admin/pages/{page}/view_draft/": STAFF,
    "/admin/pages/{page}/history/": STAFF,
    "/admin/pages/{page}/copy/": STAFF,
    "/admin/pages/{page}/move/": CHIEFS,
    "/admin/pages/{page}/usage/": STAFF,
    "/admin/pages/{page}/delete/": CHIEFS,
    "/admin/pages/{page}/unpublish/": CHIEFS,
    "/admin/pages/{page}/privacy/": CHIEFS,
    "/admin/pages/add/news/newspage/{index}/": STAFF,
    "/admin/news_items/": STAFF,
    "/admin/snippets/core/skill/": STAFF,
    "/admin/snippets/core/skill/add/": STAFF,
    "/admin/snippets/core/skill/edit/{skill}/": STAFF,
    "/admin/snippets/core/skill/delete/{skill}/": CHIEFS,
    "/admin/settings/core/sitesettings/": CHIEFS,
    "/admin/redirects/": CHIEFS,
    "/admin/images/": STAFF,
    "/admin/images/{image}/": STAFF,
    "/admin/documents/": STAFF,
    "/admin/documents/edit/{document}/": STAFF,
    "/admin/localize/submit/page/{page}/": STAFF,
    "/admin/localize/update/{source}/": STAFF,
    "/admin/localize/reports/translations/": STAFF,
    "/admin/users/": ADMINISTRATOR,
    "/admin/groups/": ADMINISTRATOR,
    "/admin/sites/": ADMINISTRATOR,
    "/admin/locales/": ADMINISTRATOR,
    "/admin/workflows/list/": ADMINISTRATOR,
    "/django-admin/": ADMINISTRATOR,
}
MARKERS = ("Planted Person", "planted@contact.example", "+352 555 987 654")


@pytest.fixture
def things(tree: Tree) -> dict[str, int]:
    page = NewsPageFactory(parent=tree["fr"]["news"])
    guide = GuidePageFactory(parent=tree["fr"]["guides"])
    translate_object(guide, list(Locale.objects.exclude(language_code="fr")))
    return {
        "page": page.pk,
        "index": tree["fr"]["news"].pk,
        "skill": SkillFactory().pk,
        "image": ImageFactory().pk,
        "document": DocumentFactory().pk,
        "source": TranslationSource.objects.get(object_id=guide.translation_key).pk,
    }


def opens(client: Client, path: str) -> bool:
    """Refused: the sign-in page, the way back to the admin's own front page, or 403."""
    response = client.get(path)
    if response.status_code == 302 and "sitesettings" in path and response["Location"].rstrip("/")[-1].isdigit():
        response = client.get(response["Location"])
    assert response.status_code in (200, 302, 403), f"{path}: {response.status_code}"
    if response.status_code == 302:
        assert response["Location"] == "/admin/" or "/login/" in response["Location"], response["Location"]
    return response.status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_every_address_opens_to_whom_it_should(role: str, things: dict[str, int]) -> None:
    client = client_of(role)
    found = {path: opens(client, path.format(**things)) for path in ADDRESSES}
    expected = {path: role in roles for path, roles in ADDRESSES.items()}
    assert found == expected


def test_contact_details_are_for_the_signed_in_only(tree: Tree) -> None:
    member = MemberPageFactory(
        parent=tree["fr"]["directory"],
        title="Studio Marker",
        contact_name=MARKERS[0],
        contact_email=MARKERS[1],
        contact_phone=MARKERS[2],
        subsectors=[SubsectorFactory()],
    )
    address = member.get_url()
    for role in ROLES[1:]:
        text = client_of(role).get(address).content.decode()
        assert all(marker in text for marker in MARKERS), role
    cache.clear()
    public = [
        address,
        f"{tree['de']['directory'].get_url()}{member.slug}/",
        tree["fr"]["directory"].get_url(),
        f"{tree['fr']['directory'].get_url()}?q=Planted",
        "/fr/",
        "/sitemap.xml",
    ]
    public += ["/fr/feeds/news.atom", "/fr/recherche/?q=Marker", "/fr/recherche/?q=planted%40contact.example"]
    for path in public:
        response = Client().get(path, follow=True)
        assert response.status_code == 200, path
        text = response.content.decode()
        # A query is repeated in its own field; everything else would be a leak.
        assert not any(marker in text for marker in (MARKERS[0], MARKERS[2])), path
        if "planted" not in path.lower():
            assert MARKERS[1] not in text, path
    for path in (f"/admin/pages/{member.pk}/view_draft/", f"/admin/pages/{member.pk}/edit/"):
        for role in ("anonymous", "member"):
            assert MARKERS[1] not in client_of(role).get(path, follow=True).content.decode()


def test_contact_details_never_reach_the_index(tree: Tree) -> None:
    MemberPageFactory(
        parent=tree["fr"]["directory"],
        contact_name=MARKERS[0],
        contact_email=MARKERS[1],
        contact_phone=MARKERS[2],
        subsectors=[SubsectorFactory()],
    )
    rows = [str(row) for row in SearchEntry.objects.values()]
    assert any("member" in row for row in rows)
    assert not any(marker in row for row in rows for marker in MARKERS)
