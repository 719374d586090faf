"""What counts as new, and when searches are run."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.http import QueryDict
from wagtail.models import PageViewRestriction

from alerts.enums import Frequency, MailKind
from alerts.matching import found_by, pack, unseen
from alerts.models import AlertMail, SavedSearch
from alerts.querysets import last_turn
from alerts.runs import record_run, run_due
from directory.facets import DIRECTORY
from search.listing import Listing, listing_named, named_listings
from tests.alerts.conftest import MONDAY_NOON, NEXT_MONDAY_NOON, TUESDAY_NOON, Cluster
from tests.factories.accounts import UserFactory
from tests.markup import total
from tests.worlds import index_everything

WEDNESDAY_NOON = TUESDAY_NOON + timedelta(days=1)


def told() -> list[list[str]]:
    """The keys of every mail about results, oldest mail first."""
    return [mail.keys for mail in AlertMail.objects.filter(kind=MailKind.RESULTS)]


def key(page) -> str:
    return str(page.translation_key)


def test_what_is_there_at_the_moment_of_saving_is_not_new(cluster: Cluster, save) -> None:
    save()
    run_due(at=TUESDAY_NOON)
    assert told() == []


def test_new_match_is_told_once(cluster: Cluster, save) -> None:
    save()
    delta = cluster.join("Delta", cluster.design)
    cluster.join("Echo", cluster.music)
    assert run_due(at=TUESDAY_NOON) == 1
    assert told() == [[key(delta)]]
    assert run_due(at=TUESDAY_NOON) == run_due(at=WEDNESDAY_NOON) == 0
    assert told() == [[key(delta)]]


def test_member_who_changes_and_now_matches_is_new(cluster: Cluster, save) -> None:
    save()
    charlie = cluster.members["Charlie"]
    charlie.subsectors.add(cluster.design)
    charlie.save_revision().publish()
    run_due(at=TUESDAY_NOON)
    assert told() == [[key(charlie)]]


def test_match_that_changes_or_leaves_and_comes_back_is_not_new(cluster: Cluster, save) -> None:
    save()
    alpha = cluster.members["Alpha"]
    alpha.title = "Alpha & Co"
    alpha.save_revision().publish()
    run_due(at=TUESDAY_NOON)
    alpha.unpublish()
    run_due(at=WEDNESDAY_NOON)
    alpha.get_latest_revision().publish()
    run_due(at=WEDNESDAY_NOON + timedelta(days=1))
    assert told() == []


def test_words_find_new_matches_too(cluster: Cluster, save) -> None:
    save("q=graphiste")
    delta = cluster.join("Delta", cluster.design, summary="Graphistes à Esch.")
    run_due(at=TUESDAY_NOON)
    assert told() == [[key(delta)]]


def test_things_with_some_of_the_words_only_are_no_news(cluster: Cluster, client, save) -> None:
    save("q=affiche+sérigraphie")
    cluster.join("Delta", cluster.design, summary="Affiches.")
    cluster.join("Echo", cluster.design, summary="Sérigraphie.")
    assert total(client.get("/fr/annuaire/?q=affiche+sérigraphie")) == 2  # better than nothing, for who looks
    golf = cluster.join("Golf", cluster.design, summary="Affiches en sérigraphie.")
    run_due(at=TUESDAY_NOON)
    assert told() == [[key(golf)]]
    golf.unpublish()
    run_due(at=WEDNESDAY_NOON)
    assert told() == [[key(golf)]]


def test_either_engine_finds_the_same(cluster: Cluster, engine: str, save) -> None:
    index_everything(engine)
    save()
    delta = cluster.join("Delta", cluster.design)
    index_everything(engine)
    run_due(at=TUESDAY_NOON)
    assert told() == [[key(delta)]]


def test_database_answers_when_elasticsearch_is_down(cluster: Cluster, settings, save) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    save()
    delta = cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    assert told() == [[key(delta)]]


def test_weekly_search_waits_for_monday_and_loses_nothing(cluster: Cluster, save) -> None:
    save(frequency="weekly")
    delta = cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    assert told() == []
    echo = cluster.join("Echo", cluster.design)
    run_due(at=NEXT_MONDAY_NOON)
    assert sorted(told()[0]) == sorted([key(delta), key(echo)])


@pytest.mark.parametrize(
    ("frequency", "at", "expected"),
    [
        ("daily", "2026-06-02T06:59:00+02:00", "2026-06-01T07:00:00+02:00"),
        ("daily", "2026-06-02T07:00:00+02:00", "2026-06-02T07:00:00+02:00"),
        ("weekly", "2026-06-01T06:59:00+02:00", "2026-05-25T07:00:00+02:00"),
        ("weekly", "2026-06-01T07:00:00+02:00", "2026-06-01T07:00:00+02:00"),
        ("weekly", "2026-06-07T23:00:00+02:00", "2026-06-01T07:00:00+02:00"),
        ("daily", "2026-03-29T12:00:00+02:00", "2026-03-29T07:00:00+02:00"),  # the clocks have changed that night
    ],
)
def test_turn_is_seven_in_the_morning_here(frequency: str, at: str, expected: str) -> None:
    assert last_turn(frequency, datetime.fromisoformat(at)) == datetime.fromisoformat(expected)


def test_two_runs_at_once_write_one_mail(cluster: Cluster, save) -> None:
    save()
    delta = cluster.join("Delta", cluster.design)
    here, there = (SavedSearch.objects.get() for _run in range(2))
    assert record_run(here, [key(delta)], TUESDAY_NOON)
    assert not record_run(there, [key(delta)], TUESDAY_NOON)
    assert told() == [[key(delta)]]


def test_mail_that_waits_takes_up_what_is_found_later(cluster: Cluster, save) -> None:
    save()
    delta = cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    echo = cluster.join("Echo", cluster.design)
    run_due(at=WEDNESDAY_NOON)
    assert told() == [[key(echo), key(delta)]]


def test_mail_that_may_have_arrived_is_left_as_it_is(cluster: Cluster, save) -> None:
    save()
    cluster.join("Delta", cluster.design)
    run_due(at=TUESDAY_NOON)
    AlertMail.objects.update(attempts=1)
    echo = cluster.join("Echo", cluster.design)
    run_due(at=WEDNESDAY_NOON)
    assert told()[1] == [key(echo)]


def test_only_members_are_told_of_what_only_members_may_read(cluster: Cluster, save) -> None:
    save()
    member = save(user=UserFactory())
    delta = cluster.join("Delta", cluster.design, published=False)
    PageViewRestriction.objects.create(page=delta, restriction_type=PageViewRestriction.LOGIN)
    delta.save_revision().publish()
    run_due(at=TUESDAY_NOON)
    mail = AlertMail.objects.get()
    assert mail.search == member
    assert mail.keys == [key(delta)]


def test_closed_account_and_unconfirmed_address_are_not_run(cluster: Cluster, save) -> None:
    user = UserFactory()
    save(user=user)
    type(user).objects.update(is_active=False)
    save()
    SavedSearch.objects.filter(user=None).update(confirmed_at=None)
    cluster.join("Delta", cluster.design)
    assert run_due(at=TUESDAY_NOON) == 0
    assert not AlertMail.objects.exists()


def test_search_whose_choice_is_gone_ends_instead_of_telling_everything(cluster: Cluster, save) -> None:
    save("skill=branding&q=poster")
    cluster.branding.delete()
    cache.clear()
    run_due(at=TUESDAY_NOON)
    run_due(at=WEDNESDAY_NOON)
    assert [mail.kind for mail in AlertMail.objects.all()] == [MailKind.ENDED]
    assert SavedSearch.objects.get().ended_at == TUESDAY_NOON


def test_one_search_that_fails_keeps_no_other_from_running(cluster: Cluster, save, monkeypatch, caplog) -> None:
    save("q=alpha")
    save("subsector=design")
    delta = cluster.join("Delta", cluster.design)

    def fail_on_words(listing, query, **how):
        if query.startswith("q="):
            raise RuntimeError("planted")
        return found_by(listing, query, **how)

    monkeypatch.setattr("alerts.runs.found_by", fail_on_words)
    run_due(at=TUESDAY_NOON)
    assert told() == [[key(delta)]]
    assert "could not be run" in caplog.text
    monkeypatch.undo()
    assert SavedSearch.objects.due(TUESDAY_NOON).count() == 1


def test_equal_searches_are_asked_once(cluster: Cluster, save, monkeypatch) -> None:
    for number in range(3):
        save(email=f"reader{number}@example.test")
    asked = []
    monkeypatch.setattr("alerts.runs.found_by", lambda *args, **how: asked.append(args) or [])
    run_due(at=TUESDAY_NOON)
    assert len(asked) == 1


def test_all_matches_are_read_however_many_pages_they_fill(cluster: Cluster, monkeypatch) -> None:
    monkeypatch.setattr("search.watching.PAGE", 1)
    keys = found_by(DIRECTORY, "subsector=design", language="fr", reader=None, at=MONDAY_NOON)
    assert sorted(keys) == sorted(key(cluster.members[name]) for name in ("Alpha", "Bravo"))


def test_what_is_known_is_kept_in_eight_bytes_a_thing(cluster: Cluster) -> None:
    keys = [key(page) for page in cluster.members.values()]
    known = pack(keys[:2])
    assert len(known) == 16
    assert unseen(keys, memoryview(known)) == keys[2:]
    assert pack(keys[2:], known) == pack(keys)


@pytest.mark.parametrize(
    "query", ["subsector=music&subsector=design&q=poster", "q=poster&subsector=design&subsector=music"]
)
def test_equal_choices_are_one_search(cluster: Cluster, query: str) -> None:
    given = QueryDict(f"{query}&sort=name&page=3&unknown=1&skill=nothing")
    assert DIRECTORY.canonical(given) == "q=poster&subsector=design&subsector=music"


def test_every_listing_has_its_own_name(db: None) -> None:
    assert set(named_listings()) == {"directory", "news", "guides", "funding", "events", "site"}
    assert listing_named("directory") is DIRECTORY
    assert listing_named("nowhere") is None
    with pytest.raises(ValueError, match="two listings"):
        Listing(name="directory")


def test_frequencies_are_known_to_the_clock() -> None:
    assert all(last_turn(value, MONDAY_NOON) <= MONDAY_NOON for value in Frequency.values)
