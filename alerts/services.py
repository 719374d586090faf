"""What can be done with a saved search. A mail goes into the outbox with what it is about, and is sent after commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.http import QueryDict

from accounts.models import User
from alerts.enums import Frequency, MailKind, MailState
from alerts.matching import found_by, pack
from alerts.models import AlertMail, SavedSearch, fingerprint
from search.listing import Listing

AGAIN = timedelta(minutes=10)  # a form sent twice within this time leads to one mail
OPEN_MAILS = (MailState.PENDING, MailState.SENT)


def save_search(
    *,
    listing: Listing,
    choices: QueryDict,
    language: str,
    frequency: str,
    at: datetime,
    user: User | None = None,
    email: str = "",
) -> SavedSearch:
    """Save it for an account (in force at once) or for an address (once it is confirmed: a mail asks for that).

    Saving the same search again gives the first one. For an account it takes the new frequency; for an address
    nothing changes, as whoever sends the form may not be its owner, who gets a mail instead. Nobody else can tell the
    two cases apart. What is found at this moment counts as known.
    """
    query = listing.canonical(choices, at=at)
    owner = {"user": user} if user else {"user": None, "email": email.lower()}
    same = {**owner, "fingerprint": fingerprint(listing.name, query, language)}
    search = SavedSearch.objects.filter(**same).first()
    if search is None or search.ended_at:
        seen = pack(found_by(listing, query, language=language, reader=user, at=at))
    with transaction.atomic():
        if search is not None and search.ended_at:
            search.delete()
            search = None
        if search is None:
            what = {"listing": listing.name, "query": query, "language": language, "frequency": frequency}
            when = {"created": at, "last_run": at, "confirmed_at": at if user else None}
            search, _created = SavedSearch.objects.get_or_create(**same, defaults={**what, **when, "seen": seen})
        if user is None:
            _write_to_owner(search, at)
        elif search.frequency != frequency:
            change_frequency(search=search, frequency=frequency)
    return search


def respelled(*, listing: Listing, choices: QueryDict, reader: User | None) -> str:
    """The same query string with the words spelt as the listing has understood them; "" when they are right as typed.

    An alert takes words as they stand: one for a typing error would wait for others who make the same.
    """
    if not choices.get("q"):
        return ""
    result = listing.answer(choices, path="", reader=reader)
    spellings = result.interpretation.respelled
    if not spellings:
        return ""
    better = choices.copy()
    better["q"] = " ".join(spellings.get(word.lower(), (word,))[0] for word in result.query.split())
    if listing.answer(better, path="", reader=reader).interpretation.respelled:
        return ""  # no better than what was typed
    return better.urlencode()


def _write_to_owner(search: SavedSearch, at: datetime) -> None:
    kind = MailKind.EXISTS if search.confirmed_at else MailKind.CONFIRM
    if search.mails.filter(kind=kind, state__in=OPEN_MAILS, created__gt=at - AGAIN).exists():
        return
    mail = AlertMail.objects.create(search=search, kind=kind, created=at, due=at)
    send_after_commit(mail)


def send_after_commit(mail: AlertMail) -> None:
    """Somebody waits for it. If it cannot be sent now the schedule does it."""
    from alerts.tasks import send_mail_now  # a task needs the apps loaded

    transaction.on_commit(partial(send_mail_now.enqueue, mail.pk))


def confirm_search(*, search: SavedSearch, at: datetime) -> bool:
    """True when this was the first time. Whoever confirms twice loses nothing."""
    unconfirmed = SavedSearch.objects.filter(pk=search.pk, confirmed_at=None)
    return bool(unconfirmed.update(confirmed_at=at))


def change_frequency(*, search: SavedSearch, frequency: str) -> None:
    search.frequency = Frequency(frequency).value
    search.save(update_fields=["frequency"])


def delete_search(*, search: SavedSearch) -> None:
    """With its address and every mail that has not been sent."""
    search.delete()


def forget_old(*, at: datetime) -> int:
    """Delete what may not be kept: searches nobody confirmed or that ended, mails that are done. Returns how many."""
    searches, _by_model = SavedSearch.objects.outdated(at).delete()
    mails, _by_model = AlertMail.objects.done(at).delete()
    return searches + mails
