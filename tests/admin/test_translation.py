"""Translation asks for the right on the page, makes no alias pages, and offers nothing that overwrites hand edits."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import INFO, get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from core.wagtail_hooks import translation_age
from home.dashboard import tasks_for
from home.services import Tree
from tests.factories.accounts import UserFactory
from tests.factories.funding import FundingPageFactory
from tests.factories.guides import GuidePageFactory
from tests.factories.home import StandardPageFactory, story
from tests.factories.news import NewsPageFactory
from tests.factories.pages import publish

EMPTY_PARTS = story(
    ("picture", {"image": None, "alt": "", "caption": "", "credit": ""}),
    ("gallery", {"title": "", "pictures": []}),
    ("gallery", {"title": "G", "pictures": [{"type": "item", "value": {"image": None, "alt": ""}, "id": "a"}]}),
    ("download", {"document": None, "title": ""}),
    ("video", {"url": "https://youtu.be/abc", "title": "Film", "poster": None}),
    ("member", {"page": None, "note": ""}),
    ("funding", {"page": None, "note": ""}),
    ("contact", {"name": "Ada", "role": "", "email": "", "phone": "", "photo": None}),
    ("text", "<p>Text</p>"),
)


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


@pytest.fixture
def guide(tree: Tree) -> Page:
    return GuidePageFactory(parent=tree["fr"]["guides"], title="Guide du droit")


@pytest.fixture
def translated(guide: Page) -> Page:
    translate_object(guide, [locale("de")])
    return guide.get_translation(locale("de"))


@pytest.fixture
def german_editor(tree: Tree) -> Client:
    """May work below the German front page only."""
    group = Group.objects.create(name="German")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    for right in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group, page=tree["de"]["home"], permission=Permission.objects.get(codename=right)
        )
    client = Client()
    client.force_login(UserFactory(group="German"))
    return client


def source_of(page: Page) -> TranslationSource:
    return TranslationSource.objects.get(object_id=page.translation_key)


def test_a_translation_starts_as_a_draft_and_is_no_alias(editor: Client, guide: Page) -> None:
    response = editor.post(f"/admin/localize/submit/page/{guide.pk}/", {"locales": [locale("de").pk, locale("en").pk]})
    assert response.status_code == 302
    found = guide.get_translations()
    assert sorted((page.locale.language_code, page.live, page.alias_of_id) for page in found) == [
        ("de", False, None),
        ("en", False, None),
    ]


def test_the_page_above_is_translated_first(editor: Client, tree: Tree) -> None:
    parent = StandardPageFactory(parent=tree["fr"]["home"])
    child = StandardPageFactory(parent=parent)
    response = editor.post(f"/admin/localize/submit/page/{child.pk}/", {"locales": [locale("de").pk]})
    assert response.status_code == 200
    assert response.context["form"].errors["locales"]
    assert not child.get_translations().exists()
    assert not parent.get_translations().exists()


def test_submitting_asks_for_the_right_on_the_page(german_editor: Client, guide: Page) -> None:
    for response in (
        german_editor.get(f"/admin/localize/submit/page/{guide.pk}/"),
        german_editor.post(f"/admin/localize/submit/page/{guide.pk}/", {"locales": [locale("en").pk]}),
    ):
        assert response.status_code == 302
        assert response["Location"] == "/admin/"
    assert not guide.get_translations().exists()


def test_updating_asks_for_the_right_on_the_source(german_editor: Client, guide: Page, translated: Page) -> None:
    before = source_of(guide).last_updated_at
    assert german_editor.post(f"/admin/localize/update/{source_of(guide).pk}/", {})["Location"] == "/admin/"
    assert source_of(guide).last_updated_at == before


def test_editors_update_and_moderators_publish_translations(
    editor: Client, moderator: Client, guide: Page, translated: Page, django_capture_on_commit_callbacks
) -> None:
    path = f"/admin/localize/update/{source_of(guide).pk}/"
    assert editor.get(path).context["form"].fields["publish_translations"].disabled
    assert editor.post(path, {"publish_translations": "on"})["Location"] == "/admin/"
    assert editor.post(path, {})["Location"] != "/admin/"
    translated.refresh_from_db()
    assert not translated.live
    with django_capture_on_commit_callbacks(execute=True):
        assert moderator.post(path, {"publish_translations": "on"}).status_code == 302
    translated.refresh_from_db()
    assert translated.live


def test_the_report_lists_what_its_reader_works_on(
    editor: Client, german_editor: Client, guide: Page, translated: Page, tree: Tree
) -> None:
    path = "/admin/localize/reports/translations/"
    assert "Guide du droit" in editor.get(path).content.decode()
    assert "Guide du droit" in german_editor.get(path).content.decode()
    news = NewsPageFactory(parent=tree["fr"]["news"], title="Nouvelle ailleurs")
    translate_object(news, [locale("en")])
    assert "Nouvelle ailleurs" in editor.get(path).content.decode()
    assert "Nouvelle ailleurs" not in german_editor.get(path).content.decode()


def test_a_translation_cannot_be_cut_from_its_source(editor: Client, translated: Page) -> None:
    translation = Translation.objects.get(target_locale=translated.locale)
    editor.post(f"/admin/localize/translate/{translation.pk}/disable/")
    translation.refresh_from_db()
    assert translation.enabled
    assert editor.get(f"/admin/localize/page/{translated.pk}/convert_to_alias/").status_code == 404


def test_the_menu_shows_the_age_instead_of_a_restart(editor: Client, tree: Tree) -> None:
    news = NewsPageFactory(parent=tree["fr"]["news"])
    translate_object(news, [locale("de")])
    german = news.get_translation(locale("de"))
    html = editor.get(f"/admin/pages/{german.pk}/edit/").content.decode()
    assert "localize-restart-translation" not in html
    assert f"/admin/pages/{news.pk}/edit/" in html
    refused = editor.post(f"/admin/pages/{german.pk}/edit/", {"localize-restart-translation": "1"})
    assert refused["Location"] == "/admin/"
    assert not Translation.objects.get(source__object_id=news.translation_key).enabled


def test_the_age_says_whether_the_source_moved_on(tree: Tree) -> None:
    news = NewsPageFactory(parent=tree["fr"]["news"])
    translate_object(news, [locale("de")])
    german = news.get_translation(locale("de"))
    fresh = translation_age(german, news)
    news.title = "Changed"
    news.save_revision().publish()
    news.refresh_from_db()
    assert translation_age(german, news) != fresh


@pytest.mark.parametrize("factory", [NewsPageFactory, FundingPageFactory, StandardPageFactory])
def test_empty_parts_of_a_story_survive_translation(editor: Client, tree: Tree, factory) -> None:
    parents = {NewsPageFactory: "news", FundingPageFactory: "funding", StandardPageFactory: "home"}
    page = factory(parent=tree["fr"][parents[factory]], body=EMPTY_PARTS)
    response = editor.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": [locale("de").pk]})
    assert response.status_code == 302
    german = page.get_translation(locale("de"))
    assert [block.block_type for block in german.specific.body] == [block.block_type for block in page.body]
    assert editor.get(f"/admin/pages/{german.pk}/edit/").status_code == 200
    assert editor.get(f"/admin/pages/{german.pk}/view_draft/").status_code == 200


def test_a_front_page_in_draft_is_not_served(tree: Tree) -> None:
    tree["de"]["home"].unpublish()
    for path in ("/de/", "/de/annuaire/", "/de/home/"):
        response = Client().get(path)
        assert response.status_code in (301, 302, 404), path
        assert Client().get(path, follow=True).status_code == 404 or "/de/" not in response["Location"]
    assert Client().get("/fr/").status_code == 200


def test_whoever_may_publish_a_draft_translation_is_told_of_it(translated: Page) -> None:
    def told(group: str) -> list[int]:
        tasks = tasks_for(UserFactory(group=group), timezone.now())
        return [entry.page.pk for task in tasks if task.title == "Translations to publish" for entry in task.entries]

    with translation.override("en"):
        assert told("Moderators") == [translated.pk]
        assert told("Editors") == []
        publish(translated)
        assert told("Moderators") == []


def test_an_editor_submits_a_translation_and_a_moderator_approves_it(
    editor: Client, moderator: Client, translated: Page, django_capture_on_commit_callbacks
) -> None:
    path = f"/admin/translations/{translated.pk}/submit/"
    listing = f"/admin/pages/{translated.get_parent().pk}/"
    assert path in editor.get(listing).content.decode()
    assert editor.get(path).status_code == 200
    assert editor.post(path).status_code == 302
    task = Page.objects.get(pk=translated.pk).current_workflow_task_state
    assert task is not None
    # Sent twice: nothing new, and said so.
    again = editor.post(path)
    assert [message.level for message in get_messages(again.wsgi_request)][-1] == INFO
    assert Page.objects.get(pk=translated.pk).current_workflow_task_state == task
    assert path not in editor.get(listing).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(reverse("wagtailadmin_pages:workflow_action", args=[translated.pk, "approve", task.pk]))
    translated.refresh_from_db()
    assert translated.live


def test_only_who_may_edit_a_translation_submits_it(german_editor: Client, guide: Page, tree: Tree) -> None:
    translate_object(guide, [locale("de"), locale("en")])
    german, english = (guide.get_translation(locale(code)) for code in ("de", "en"))
    assert german_editor.get(f"/admin/translations/{german.pk}/submit/").status_code == 200
    for answer in (german_editor.get, german_editor.post):
        assert answer(f"/admin/translations/{english.pk}/submit/")["Location"] == "/admin/"
        assert answer(f"/admin/translations/{guide.pk}/submit/")["Location"] == "/admin/"
    assert not Page.objects.get(pk=english.pk).workflow_in_progress
    assert Client().post(f"/admin/translations/{german.pk}/submit/")["Location"].startswith("/admin/login/")
