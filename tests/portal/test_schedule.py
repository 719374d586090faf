"""Pages go live and expire at the time an editor has set."""

from datetime import timedelta

from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Page

from portal import schedule
from search.models import SearchEntry
from tests.factories.news import NewsPageFactory


def is_listed(page) -> bool:
    return SearchEntry.objects.listed().filter(key=page.translation_key).exists()


def test_a_page_goes_live_and_is_listed_when_its_time_has_come(world, time_machine):
    page = NewsPageFactory(parent=world.tree["fr"]["news"], published=False)
    go_live_at = timezone.now() + timedelta(hours=1)
    page.go_live_at = go_live_at
    page.save_revision(approved_go_live_at=go_live_at)
    schedule.Schedule().look()
    page.refresh_from_db()
    assert not page.live
    time_machine.move_to(go_live_at + timedelta(seconds=1))
    schedule.Schedule().look()
    page.refresh_from_db()
    assert page.live
    assert is_listed(page)


def test_a_page_expires_and_is_no_longer_listed_when_its_time_is_over(world):
    page = NewsPageFactory(parent=world.tree["fr"]["news"])
    assert is_listed(page)
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    schedule.Schedule().look()
    page.refresh_from_db()
    assert not page.live
    assert not is_listed(page)


def test_the_schedule_goes_on_when_the_database_is_away(monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(schedule, "call_command", fail)
    schedule.Schedule().look()
    assert "could not be looked up" in caplog.text


def test_a_portal_starts_with_its_tree_in_three_languages_and_is_left_alone_afterwards(world, client, capsys):
    for page in Page.get_first_root_node().get_children():
        page.delete()
    call_command("start_portal")
    count = Page.objects.count()
    call_command("start_portal")
    assert Page.objects.count() == count
    assert "nothing was changed" in capsys.readouterr().out
    for language in ("fr", "de", "en"):
        assert client.get(f"/{language}/").status_code == 200
    assert Page.objects.filter(slug="foerderung", locale__language_code="de", live=True).exists()
