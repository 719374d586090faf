"""Pages that say one thing: what a link from a mail led to, or why it led nowhere."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class Notice(Enum):
    """(status, title, text)"""

    LOOK_INTO_MAILBOX = (
        200,
        _("Look into your mailbox"),
        _("A mail is on its way to you. Your alert begins once you have confirmed it with the link in that mail; "
          "it works for seven days. Nothing there after some minutes? Look among the unwanted mail too."),
    )  # fmt: skip
    ACTIVE = (200, _("This alert is active"), _("We write to you as soon as there is something new."))
    UNSUBSCRIBED = (
        200,
        _("You have unsubscribed"),
        _("You get no more mails from this alert. What we kept for it is deleted."),
    )
    GONE = (
        410,
        _("This alert no longer exists"),
        _("It was deleted, and no more mails come from it. There is nothing left to do."),
    )
    EXPIRED = (
        410,
        _("This link is too old"),
        _("An alert has to be confirmed within seven days. Search again and save it once more: you get a new link."),
    )
    MALFORMED = (
        404,
        _("This link is not complete"),
        _("Some mail programs cut long links in two. Copy the whole link from the mail into the address bar."),
    )
    SIGNED_OUT = (
        200,
        _("Sign in to see your alerts"),
        _("Alerts that you saved with your e-mail address only, without an account, are behind the link "
          "“Manage all your alerts” in each of their mails."),
    )  # fmt: skip
    SESSION_ENDED = (
        403,
        _("You are no longer signed in"),
        _("Nothing was changed. Sign in, then do it once more."),
    )
    NOTHING_TO_SAVE = (
        404,
        _("There is no search to save here"),
        _("Search or choose filters first; below the results you find the link to get new ones by e-mail."),
    )
    TOO_MANY = (
        429,
        _("Too many alerts at once"),
        _("From this connection, or for this address, several alerts were asked for within one hour. This one was "
          "not saved. Please try again in an hour."),
    )  # fmt: skip


def show(request: HttpRequest, notice: Notice, **context: Any) -> HttpResponse:
    status, title, text = notice.value
    context = {"notice": notice.name, "status": status, "title": title, "text": text, **context}
    return render(request, "alerts/notice.html", context, status=status)
