"""Users in the admin: the e-mail address is the log-in; and the roles that the migrations make."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupPagePermission, WorkflowPage

from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PERSON = {"first_name": "Léa", "last_name": "Muller", "password1": "Une-phrase-99!", "password2": "Une-phrase-99!"}


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_a_user_is_created_and_changed(administrator: Client) -> None:
    group = Group.objects.get(name="Members")
    new = administrator.post("/admin/users/new/", {**PERSON, "email": "Lea@Portal.test", "groups": [group.pk]})
    assert new.status_code == 302
    user = User.objects.get(email="lea@portal.test")
    assert user.groups.get() == group
    assert user.check_password(PERSON["password1"])
    changed = {
        **PERSON,
        "email": "lea@portal.test",
        "last_name": "Weber",
        "is_active": "on",
        "password1": "",
        "password2": "",
    }
    assert administrator.post(f"/admin/users/edit/{user.pk}/", changed).status_code == 302
    user.refresh_from_db()
    assert user.last_name == "Weber"
    assert user.check_password(PERSON["password1"])


@pytest.mark.parametrize("email", ["lea@portal.test", "LEA@Portal.test"])
def test_an_address_is_given_once(administrator: Client, email: str) -> None:
    UserFactory(email="lea@portal.test")
    response = administrator.post("/admin/users/new/", {**PERSON, "email": email})
    assert response.status_code == 200
    assert len(response.context["form"].errors["email"]) == 1
    assert User.objects.filter(email__iexact="lea@portal.test").count() == 1


def test_a_weak_password_is_refused(administrator: Client) -> None:
    response = administrator.post(
        "/admin/users/new/", {**PERSON, "email": "lea@portal.test", "password1": "1234", "password2": "1234"}
    )
    assert response.context["form"].errors["password2"]


def rights(name: str) -> set[str]:
    permissions = Group.objects.get(name=name).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def test_roles_have_their_rights_on_an_empty_database() -> None:
    terms = {f"core.{action}_{model}" for action in ("add", "change") for model in ("subsector", "skill", "topic")}
    shared = terms | {"wagtailadmin.access_admin", "wagtail_localize.submit_translation"}
    assert shared <= rights("Editors")
    assert shared | {"core.delete_topic", "core.change_sitesettings"} <= rights("Moderators")
    assert "core.change_sitesettings" not in rights("Editors")
    assert "core.delete_topic" not in rights("Editors")
    assert not rights("Members")
    assert not any("user" in right for name in ("Editors", "Moderators") for right in rights(name))


def test_editors_write_and_moderators_publish() -> None:
    def on_root(name: str) -> set[str]:
        return set(
            GroupPagePermission.objects.filter(group__name=name, page__depth=1).values_list(
                "permission__codename", flat=True
            )
        )

    assert on_root("Editors") == {"add_page", "change_page"}
    assert {"add_page", "change_page", "publish_page"} <= on_root("Moderators")
    assert not on_root("Members")
    workflow = WorkflowPage.objects.get(page__depth=1).workflow
    assert [group.name for task in workflow.tasks for group in task.specific.groups.all()] == ["Moderators"]


def test_groups_are_there_once() -> None:
    names = list(Group.objects.values_list("name", flat=True))
    assert sorted(names) == ["Editors", "Members", "Moderators"]


def test_createsuperuser_asks_for_an_address_only() -> None:
    call_command("createsuperuser", email="Boss@portal.test", interactive=False, verbosity=0)
    assert User.objects.get(email="boss@portal.test").is_superuser
