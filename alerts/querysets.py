"""Which searches are to be run, which mails are to be sent. Time is a parameter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alerts.enums import Frequency, MailState

if TYPE_CHECKING:
    from alerts.models import AlertMail, SavedSearch  # noqa: F401  (names in quotes below)

HOUR = 7  # of the morning, in the portal's time zone
CONFIRM_WITHIN = timedelta(days=7)
KEEP_MAILS = timedelta(days=30)  # after they were sent or given up
MONDAY = 0


def last_turn(frequency: str, at: datetime) -> datetime:
    """The latest moment up to `at` at which searches of this frequency are run: 7:00, every day or on Monday."""
    local = timezone.localtime(at)
    turn = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    step = timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        turn -= timedelta(days=(turn.weekday() - MONDAY) % 7)
        step = timedelta(days=7)
    return turn if turn <= local else turn - step


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def active(self) -> SavedSearchQuerySet:
        """Confirmed, not ended, and not of somebody whose account is closed."""
        open_to_reader = Q(user=None) | Q(user__is_active=True)
        return self.filter(open_to_reader, confirmed_at__isnull=False, ended_at=None)

    def due(self, at: datetime) -> SavedSearchQuerySet:
        """Those whose turn has come since they were run last."""
        turns = Q()
        for frequency in Frequency.values:
            turns |= Q(frequency=frequency, last_run__lt=last_turn(frequency, at))
        return self.active().filter(turns)

    def of(self, *, user_id: int | None = None, email: str = "") -> SavedSearchQuerySet:
        """One person's: of an account, else of an address."""
        return self.filter(user_id=user_id) if user_id else self.filter(user=None, email=email)

    def outdated(self, at: datetime) -> SavedSearchQuerySet:
        """Nobody confirmed them in time, or they ended and their readers could not be told."""
        return self.filter(
            Q(confirmed_at=None, created__lt=at - CONFIRM_WITHIN) | Q(ended_at__lt=at - KEEP_MAILS),
        )


class AlertMailQuerySet(models.QuerySet["AlertMail"]):
    def free(self, at: datetime) -> AlertMailQuerySet:
        """Waiting, and in nobody's hands."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=at), state=MailState.PENDING)

    def due(self, at: datetime) -> AlertMailQuerySet:
        return self.free(at).filter(due__lte=at)

    def done(self, at: datetime) -> AlertMailQuerySet:
        """Nothing more will happen to them, for a while already."""
        return self.exclude(state=MailState.PENDING).filter(created__lt=at - KEEP_MAILS)
