"""Saved searches and the mails they lead to. What is kept of whom, and for how long: docs/alerts.md."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alerts.enums import Frequency, MailKind, MailState
from alerts.querysets import AlertMailQuerySet, SavedSearchQuerySet


def fingerprint(listing: str, query: str, language: str) -> str:
    """Equal for equal searches. The query string itself may be longer than what a database can index."""
    return hashlib.sha256(f"{language}/{listing}?{query}".encode()).hexdigest()


class SavedSearch(models.Model):
    """Somebody wants to be told what a search newly finds. Of an account, or of an address that has been confirmed."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="What signed links carry.")
    listing = models.CharField(max_length=30)
    query = models.TextField(blank=True, help_text="As Listing.canonical() writes it.")
    language = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=64, editable=False)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.DAILY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="saved_searches"
    )
    email = models.EmailField(blank=True, help_text="Empty where there is an account.")
    created = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    last_run = models.DateTimeField(default=timezone.now)
    last_sent = models.DateTimeField(null=True)
    # What it means no longer exists: the row waits until its reader has been told, then it goes.
    ended_at = models.DateTimeField(null=True)
    # What it has ever found, as alerts.matching packs it: 8 bytes a thing.
    seen = models.BinaryField(default=bytes)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user=None) & ~Q(email="")),
                name="saved_search_of_account_or_address",
            ),
            models.UniqueConstraint(
                fields=["user", "fingerprint"], condition=Q(user__isnull=False), name="saved_search_once_per_account"
            ),
            models.UniqueConstraint(
                fields=["email", "fingerprint"], condition=Q(user=None), name="saved_search_once_per_address"
            ),
        ]
        indexes = [models.Index(fields=["frequency", "last_run"], name="saved_search_by_turn")]

    def __str__(self) -> str:
        return f"{self.language}/{self.listing}?{self.query}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fingerprint = fingerprint(self.listing, self.query, self.language)
        super().save(*args, **kwargs)

    @property
    def address(self) -> str:
        """Where its mails go."""
        return self.user.email if self.user else self.email


class AlertMail(models.Model):
    """A mail to be sent: written with what it is about in one transaction, sent afterwards, as often as it takes."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Its Message-ID.")
    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=10, choices=MailKind)
    keys = models.JSONField(default=list, help_text="New things, in the order of the listing; emptied once sent.")
    state = models.CharField(max_length=10, choices=MailState, default=MailState.PENDING)
    created = models.DateTimeField(default=timezone.now, editable=False)
    due = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, help_text="Whoever is sending it has it until then.")
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    objects = AlertMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert mail")
        verbose_name_plural = _("alert mails")
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "due"], name="alert_mail_by_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} ({self.state})"
