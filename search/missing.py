"""What is missing, told by readers: kept first, mailed to the cluster afterwards, addresses forgotten after a year."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from core.models import SiteSettings

from .models import MissingReport
from .query import MAX_CHARACTERS, clean_query, clean_text

logger = logging.getLogger(__name__)
EMAIL_KEPT = timedelta(days=365)
TRAP = "website"
PATIENCE = 5  # seconds for the mail server
MAILED_AT_ONCE = 50  # of those that a broken mail server has left behind


class MissingForm(forms.Form):
    """Beside its fields the template has a trap for robots: nobody sees it, so nobody fills it in."""

    q = forms.CharField(label=_("What you searched for"), required=False, max_length=MAX_CHARACTERS)
    message = forms.CharField(
        label=_("What is missing?"),
        help_text=_("A profession, a service, a guide: in your own words, up to 2000 characters."),
        max_length=MissingReport.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only so that we can answer you. It is deleted after twelve months."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    list = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        return clean_query(self.cleaned_data["q"])

    def clean_message(self) -> str:
        """Lines stay lines; everything else that is no letter goes."""
        lines = self.cleaned_data["message"].splitlines()
        return "\n".join(clean_text(line).rstrip() for line in lines).strip()[: MissingReport.LONGEST]

    def clean_list(self) -> str:
        from .listings import all_places  # the listings import the views, which import this

        return self.cleaned_data["list"] if self.cleaned_data["list"] in all_places() else ""

    def clean_key(self) -> UUID:
        """Whoever takes the key away can only send twice."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))


def report_missing(*, key: UUID, query: str, listing: str, language: str, message: str, email: str) -> MissingReport:
    """Kept before anything is mailed. The same key again is the same report, and is not mailed twice."""
    given = {"query": query, "listing": listing, "language": language, "message": message, "email": email}
    report, created = MissingReport.objects.get_or_create(key=key, defaults=given)
    if created:
        transaction.on_commit(lambda: mail_report(report))
    return report


def mail_report(report: MissingReport) -> bool:
    """To the cluster's own address, if it has one. False: not this time, the schedule tries again."""
    site = SiteSettings.objects.first()
    address = site.contact_email if site else ""
    if not address:
        return False
    with override(settings.LANGUAGE_CODE):
        mail = _mail(report, address)
    try:
        mail.send()
    except (OSError, SMTPException):
        logger.warning("A message about something missing waits to be mailed", exc_info=True)
        return False
    MissingReport.objects.filter(pk=report.pk).update(mailed=True)
    return True


def _mail(report: MissingReport, address: str) -> EmailMessage:
    from .listings import label_of  # the listings import the views, which import this

    about: list[tuple[Any, str]] = [
        (_("Searched for"), report.query),
        (_("List"), label_of(report.listing) if report.listing else ""),
        (_("Language"), report.language),
    ]
    lines = [f"{label}: {value}" for label, value in about if value]
    subject = gettext("Something is missing")
    return EmailMessage(
        subject=f"{settings.WAGTAIL_SITE_NAME}: {subject}",
        body="\n".join([report.message, "", *lines]),
        to=[address],
        reply_to=[report.email] if report.email else [],
        connection=get_connection(timeout=PATIENCE),
    )


def mail_waiting() -> int:
    """Mail what could not be mailed when it came; the number that went. Stops at the first that fails."""
    sent = 0
    for report in MissingReport.objects.filter(mailed=False, done=False).order_by("created")[:MAILED_AT_ONCE]:
        if not mail_report(report):
            break
        sent += 1
    return sent


def forget_addresses(at: datetime) -> int:
    """Remove the e-mail addresses of old reports; the number of reports that had one."""
    return MissingReport.objects.filter(created__lt=at - EMAIL_KEPT).exclude(email="").update(email="")
