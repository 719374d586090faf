"""Write, approve, publish, schedule, restrict: with real requests, as editors and moderators do it."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.dashboard import tasks_for
from home.models import StandardPage
from home.services import Tree
from tests.admin.conftest import client_of
from tests.admin.forms import page_form
from tests.factories.accounts import UserFactory
from tests.factories.home import StandardPageFactory


@pytest.fixture
def page(tree: Tree) -> StandardPage:
    return StandardPageFactory(parent=tree["fr"]["home"], title="Before", slug="about")


def save(client: Client, page: Page, **changes: str):
    return client.post(f"/admin/pages/{page.pk}/edit/", page_form(client, page, **changes))


def title_of(page: Page) -> str:
    return Page.objects.get(pk=page.pk).title


def test_an_editor_submits_and_a_moderator_approves(editor: Client, moderator: Client, page: StandardPage) -> None:
    save(editor, page, **{"title": "After", "action-publish": "1"})
    assert title_of(page) == "Before"
    save(editor, page, **{"title": "After", "action-submit": "1"})
    state = Page.objects.get(pk=page.pk).current_workflow_state.current_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    editor.post(approve)
    assert title_of(page) == "Before"
    user = UserFactory(group="Moderators")
    assert [task.entries[0].page.pk for task in tasks_for(user, timezone.now())] == [page.pk]
    moderator.post(approve)
    assert title_of(page) == "After"
    assert Page.objects.get(pk=page.pk).current_workflow_state is None


def test_a_scheduled_change_goes_live_at_its_time(moderator: Client, page: StandardPage) -> None:
    soon = timezone.localtime() + datetime.timedelta(hours=1)
    save(moderator, page, **{"title": "After", "go_live_at": f"{soon:%Y-%m-%d %H:%M}", "action-publish": "1"})
    call_command("publish_scheduled", verbosity=0)
    assert title_of(page) == "Before"
    with time_machine.travel(soon + datetime.timedelta(minutes=2), tick=True):
        call_command("publish_scheduled", verbosity=0)
    assert title_of(page) == "After"


def test_a_new_slug_leaves_a_redirect(
    moderator: Client, page: StandardPage, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save(moderator, page, **{"slug": "about-us", "action-publish": "1"})
    assert Client().get("/fr/about-us/").status_code == 200
    response = Client().get("/fr/about/")
    assert (response.status_code, response["Location"]) == (301, "/fr/about-us/")


def test_drafts_are_for_the_admin_only(editor: Client, tree: Tree) -> None:
    draft = StandardPageFactory(parent=tree["fr"]["home"], title="Secret draft", slug="secret", published=False)
    assert Client().get("/fr/secret/").status_code == 404
    preview = f"/admin/pages/{draft.pk}/edit/preview/"
    assert editor.post(preview, page_form(editor, draft, title="Typed just now")).json()["is_valid"]
    assert "Typed just now" in editor.get(preview).content.decode()
    for role in ("anonymous", "member"):
        client = client_of(role)
        for path in (preview, f"/admin/pages/{draft.pk}/view_draft/", f"/admin/pages/{draft.pk}/history/"):
            assert "Secret draft" not in client.get(path, follow=True).content.decode()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("login", {"anonymous": 302, "member": 200, "moderator": 200}),
        ("groups", {"anonymous": 302, "member": 403, "moderator": 200}),
    ],
)
def test_restricted_pages_open_to_whom_they_should(page: StandardPage, kind: str, expected: dict[str, int]) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(Group.objects.filter(name="Moderators"))
    answers = {role: client_of(role).get("/fr/about/") for role in expected}
    assert {role: answer.status_code for role, answer in answers.items()} == expected
    assert "/account/login/" in answers["anonymous"]["Location"]
    assert all("public" not in answer.headers.get("Cache-Control", "") for answer in answers.values())


def test_a_password_opens_a_page(page: StandardPage) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="sésame")
    client = Client()
    assert "public" not in client.get("/fr/about/")["Cache-Control"]
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    wrong = client.post(address, {"password": "wrong", "return_url": "/fr/about/"})
    assert wrong.status_code == 200
    right = client.post(address, {"password": "sésame", "return_url": "https://evil.example/"})
    assert right.status_code == 302
    assert "evil" not in right["Location"]
    assert "Before" in client.get("/fr/about/").content.decode()
