"""Sending: once, in the reader's language, and not lost while mail is down."""

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from alerts.enums import MailState
from alerts.models import AlertMail, SavedSearch
from alerts.outbox import LEASE, claim, send_due
from alerts.runs import run_due
from portal.schedule import Schedule
from tests.alerts.conftest import READER, TUESDAY_NOON, Cluster
from tests.factories.accounts import UserFactory
from tests.factories.core import LANGUAGES
from tests.factories.pages import translate

BACKEND = f"{__name__}.Server"


class Server(EmailBackend):
    """A mail server that fails as told: when it is opened, or with the next message."""

    broken: Exception | None = None
    refused: Exception | None = None

    def open(self) -> bool:
        if Server.broken:
            raise Server.broken
        return True

    def send_messages(self, messages) -> int:
        if Server.refused:
            raise Server.refused
        return super().send_messages(messages)


@pytest.fixture
def server(settings) -> Iterator[type[Server]]:
    settings.EMAIL_BACKEND = BACKEND
    Server.broken = Server.refused = None
    yield Server
    Server.broken = Server.refused = None


def later(**time: int):
    return timezone.now() + timedelta(**time)


def test_mail_says_what_is_new_and_where(cluster: Cluster, save, settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    search = save("subsector=design&q=affiche")
    cluster.join("Delta & fils", cluster.design, summary="Affiches.")
    run_due(at=TUESDAY_NOON)
    assert send_due(at=later()) == 1
    (message,) = outgoing.outbox
    assert message.to == [READER]
    assert "Delta & fils" in message.body
    assert "https://portal.example/fr/annuaire/member-" in message.body
    assert "https://portal.example/fr/annuaire/?q=affiche&subsector=design&sort=newest" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert "Delta &amp; fils" in html
    assert 'lang="fr"' in html
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<https://portal.example/fr/")
    search.refresh_from_db()
    assert search.last_sent


@pytest.mark.parametrize(("language", "title"), [(code, f"Directory {code}") for code in LANGUAGES])
@pytest.mark.parametrize("number", [1, 2])
def test_mail_speaks_its_readers_language(cluster: Cluster, save, language: str, title: str, number: int) -> None:
    save(language=language)
    for _time in range(number):
        translate(cluster.join("Delta", cluster.design), "de")
    run_due(at=TUESDAY_NOON)
    with translation.override("it"):
        send_due(at=later())
    (message,) = outgoing.outbox
    with translation.override(language):
        expected = translation.ngettext(
            "%(count)d new result – %(what)s", "%(count)d new results – %(what)s", number
        ).partition(" – ")[0]
    assert message.subject.startswith(f"{expected % {'count': number}} – {title}")
    assert f"/{language}/" in message.body
    assert message.extra_headers["Content-Language"] == language


def test_mail_shows_ten_and_says_how_many_more(cluster: Cluster, save) -> None:
    save()
    for number in range(13):
        cluster.join(f"New {number}", cluster.design)
    run_due(at=TUESDAY_NOON)
    send_due(at=later())
    (message,) = outgoing.outbox
    assert message.subject.startswith("13 ")
    assert message.body.count("/fr/annuaire/new-") + message.body.count("/fr/annuaire/member-") == 10
    with translation.override("fr"):
        assert translation.ngettext("And %(count)s more.", "And %(count)s more.", 3) % {"count": 3} in message.body


def test_down_server_loses_nothing_and_recovers(cluster: Cluster, save, server: type[Server], caplog) -> None:
    save()
    cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    server.broken = ConnectionRefusedError("down")
    for _look in range(3):
        assert send_due(at=later()) == 0
    assert AlertMail.objects.get().state == MailState.PENDING
    assert READER not in caplog.text
    server.broken = None
    assert send_due(at=later()) == 1
    assert send_due(at=later(days=1)) == 0
    assert len(outgoing.outbox) == 1


def test_server_that_goes_away_between_two_mails_is_asked_later(cluster: Cluster, save, server: type[Server]) -> None:
    for number in range(3):
        save(email=f"reader{number}@example.test")
    cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    server.refused = SMTPServerDisconnected("gone")
    assert send_due(at=later()) == 0
    assert sorted(AlertMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    server.refused = None
    assert send_due(at=later()) == 2
    assert send_due(at=later(minutes=3)) == 1
    assert sorted(message.to[0] for message in outgoing.outbox) == [
        f"reader{number}@example.test" for number in range(3)
    ]


def test_address_that_is_refused_is_given_up_without_being_logged(
    cluster: Cluster, save, server: type[Server], caplog
) -> None:
    save()
    cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    server.refused = SMTPRecipientsRefused({READER: (550, b"no such user")})
    for hour in range(0, 60, 10):
        send_due(at=later(hours=hour))
    mail = AlertMail.objects.get()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 3)
    assert READER not in caplog.text
    server.refused = None
    call_command("send_alerts", "--retry-failed", verbosity=0)
    assert len(outgoing.outbox) == 1


def test_full_mailbox_is_tried_for_days(cluster: Cluster, save, server: type[Server]) -> None:
    save()
    cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    server.refused = SMTPRecipientsRefused({READER: (452, b"mailbox full")})
    for attempt in range(12):
        send_due(at=later(days=attempt))
    assert AlertMail.objects.get().state == MailState.PENDING


def test_two_senders_at_once_send_a_mail_once(cluster: Cluster, save) -> None:
    save()
    cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    pk = AlertMail.objects.get().pk
    assert claim(pk, timezone.now()) is not None
    assert claim(pk, timezone.now()) is None
    assert send_due(at=later()) == 0


def test_mail_of_a_sender_that_died_is_sent_with_the_same_id(cluster: Cluster, save) -> None:
    save()
    cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    mail = claim(AlertMail.objects.get().pk, timezone.now() - LEASE - timedelta(seconds=1))
    assert mail is not None
    assert send_due(at=later()) == 1
    assert outgoing.outbox[0].extra_headers["Message-ID"].startswith(f"<alert-{mail.code.hex}@")


@pytest.mark.parametrize("what", ["unpublished", "restricted", "closed account", "deleted search"])
def test_nothing_is_sent_that_is_no_longer_wanted_or_allowed(cluster: Cluster, save, what: str) -> None:
    user = UserFactory()
    search = save(user=user) if what == "closed account" else save()
    delta = cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    if what == "unpublished":
        delta.unpublish()
    elif what == "restricted":
        PageViewRestriction.objects.create(page=delta, restriction_type=PageViewRestriction.LOGIN)
    elif what == "closed account":
        type(user).objects.update(is_active=False)
    else:
        search.delete()
    assert send_due(at=later()) == 0
    assert outgoing.outbox == []
    assert not AlertMail.objects.filter(state=MailState.PENDING).exists()


def test_reader_is_told_that_a_search_has_ended_and_it_is_deleted(cluster: Cluster, save) -> None:
    save("skill=branding")
    cluster.branding.delete()
    run_due(at=TUESDAY_NOON)
    send_due(at=later())
    with translation.override("fr"):
        assert outgoing.outbox[0].body.startswith(translation.gettext("Your alert has ended"))
    assert not SavedSearch.objects.exists()


def test_odd_words_make_no_second_header(cluster: Cluster, save) -> None:
    save("q=alpha%0ABcc:+evil@example.test", listing="site")
    delta = cluster.join("Alpha Bcc evil example test", cluster.design)
    run_due(at=TUESDAY_NOON)
    assert AlertMail.objects.get().keys == [str(delta.translation_key)]
    send_due(at=later())
    assert "\n" not in outgoing.outbox[0].subject
    assert b"\nBcc:" not in outgoing.outbox[0].message().as_bytes()


def test_schedule_runs_and_sends(cluster: Cluster, save, time_machine) -> None:
    save()
    cluster.join("Delta", cluster.design)
    time_machine.move_to(TUESDAY_NOON)
    Schedule().look()
    Schedule().look()
    assert len(outgoing.outbox) == 1
    time_machine.move_to(TUESDAY_NOON + timedelta(days=60))
    Schedule().look()
    assert not AlertMail.objects.exists()
    assert SavedSearch.objects.count() == 1
