"""One way in, with its limits; no way around it."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.home import make_tree

pytestmark = pytest.mark.django_db
LOGIN = "/en/account/login/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, email: str, password: str = PASSWORD, **fields: str):
    return client.post(LOGIN, {"login": email, "password": password, **fields})


def test_the_address_opens_whatever_its_case() -> None:
    user = UserFactory(email="Mara.Thill@Portal.test")
    assert user.email == "mara.thill@portal.test"
    client = Client()
    sign_in(client, "MARA.thill@portal.TEST")
    assert signed_in(client)


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/django-admin/login/", "/en/_util/login/", "/admin/password_reset/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_ways_in_lead_to_the_one(path: str, method: str) -> None:
    user = UserFactory(is_superuser=True)
    client = Client()
    fields = {"username": user.email, "email": user.email, "login": user.email, "password": PASSWORD}
    response = getattr(client, method)(path, fields)
    assert response.status_code == 302
    assert "/account/" in response["Location"]
    assert not signed_in(client)
    assert not mail.outbox


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "http:evil.example", "/\\evil.example"])
def test_the_way_back_leads_to_no_other_host(target: str) -> None:
    user = UserFactory(group="Editors")
    assert "evil" not in Client().get("/admin/login/", {"next": target})["Location"]
    assert sign_in(Client(), user.email, next=target)["Location"] == "/"


def test_the_way_back_is_kept() -> None:
    client = Client()
    response = client.get("/admin/pages/", follow=True)
    assert "next=%2Fadmin%2Fpages%2F" in response.redirect_chain[-1][0]
    assert sign_in(client, UserFactory(group="Editors").email, next="/admin/pages/")["Location"] == "/admin/pages/"


@pytest.mark.parametrize(
    ("group", "path"), [("Members", "/admin/"), ("Members", "/django-admin/"), ("Editors", "/django-admin/")]
)
def test_who_is_refused_by_an_admin_is_told_so(group: str, path: str) -> None:
    client = Client()
    client.force_login(UserFactory(group=group))
    assert client.get(path, follow=True).status_code == 403


def test_nobody_signs_up() -> None:
    from accounts.models import User

    fields = {"email": "new@portal.test", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post("/en/account/signup/", fields).status_code == 200
    assert not User.objects.filter(email="new@portal.test").exists()


def test_ten_failures_close_the_account_to_everyone_for_a_while() -> None:
    user, other = UserFactory(), UserFactory()
    for number in range(10):
        sign_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), user.email, "wrong")
    client = Client(REMOTE_ADDR="10.0.1.1")
    response = sign_in(client, user.email)
    assert not signed_in(client)
    assert "Too many failed login attempts" in response.content.decode()
    sign_in(client, other.email)
    assert signed_in(client)


def test_ten_failures_close_the_address_for_a_while() -> None:
    for number in range(10):
        sign_in(Client(REMOTE_ADDR="10.0.0.1"), f"guess{number}@portal.test", "wrong")
    user = UserFactory()
    blocked, free = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    sign_in(blocked, user.email)
    sign_in(free, user.email)
    assert not signed_in(blocked)
    assert signed_in(free)


def test_reset_answers_alike_whether_or_not_there_is_an_account() -> None:
    user = UserFactory()
    answers = [
        Client().post("/en/account/password/reset/", {"email": email}) for email in (user.email, "nobody@portal.test")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/en/account/password/reset/done/")
    }
    assert [message.to for message in mail.outbox] == [[user.email], ["nobody@portal.test"]]
    assert all(message.subject.startswith("Kreativ Réseau: ") for message in mail.outbox)


def test_reset_mail_leads_to_a_new_password() -> None:
    user = UserFactory()
    client = Client()
    client.post("/en/account/password/reset/", {"email": user.email})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http://testserver/"))
    page = client.get(link, follow=True)
    target = page.redirect_chain[-1][0]
    fresh = "An-other-phrase-77"
    assert client.post(target, {"password1": fresh, "password2": fresh}).status_code == 302
    sign_in(client, user.email, fresh)
    assert signed_in(client)


def test_too_many_resets_get_a_page_that_says_so() -> None:
    client = Client()
    answers = [client.post("/en/account/password/reset/", {"email": "mara@portal.test"}) for _number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "<h1" in answers[-1].content.decode()


@pytest.mark.parametrize("path", [LOGIN, "/en/account/password/reset/", "/en/account/logout/"])
def test_pages_for_signing_in_are_kept_by_no_cache(path: str) -> None:
    assert "private" in Client().get(path).headers.get("Cache-Control", "private")
    assert "public" not in Client().get(path).headers.get("Cache-Control", "")


def test_an_anonymous_reader_gets_no_cookie() -> None:
    make_tree()
    paths = [
        "/",
        "/en/",
        "/fr/",
        "/de/",
        "/en/news/",
        "/fr/annuaire/",
        "/en/feeds/news.atom",
        "/sitemap.xml",
        "/en/nothing/",
    ]
    for path in paths:
        response = Client().get(path)
        assert not response.cookies, path
        if response.status_code == 200:
            assert "public" in response["Cache-Control"], path
            assert "no-store" not in response["Cache-Control"], path


def test_a_signed_in_reader_s_pages_are_private() -> None:
    make_tree()
    client = Client()
    client.force_login(UserFactory(group="Members"))
    assert "private" in client.get("/en/")["Cache-Control"]
