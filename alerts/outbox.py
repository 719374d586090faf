"""Sending what waits. Nothing is lost while mail is down, and two senders at once do not send a mail twice.

A sender claims a mail with one conditional update, hands it to the mail server and marks it as sent. A crash between
the server's "accepted" and the mark leads to a second sending; it has the same Message-ID, by which mail programs
recognise the copy. docs/alerts.md tells the whole.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from alerts.enums import MailKind, MailState
from alerts.mails import compose
from alerts.models import AlertMail, SavedSearch

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)  # far longer than EMAIL_TIMEOUT: a sender that has not answered by then is dead
LONGEST_WAIT = timedelta(hours=6)
# For a mail the server refuses. A server that is down, or takes no mail from us at all, is asked for ever.
ATTEMPTS_WHEN_FINAL = 3
ATTEMPTS_WHEN_TEMPORARY = 40  # some eight days: a full mailbox, grey-listing, a quota
REFUSALS = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError)


def send_due(*, at: datetime, only: int | None = None) -> int:
    """Send what is due (or one mail, by its id); returns how many went out. Never raises for anything mail can do."""
    waiting = AlertMail.objects.due(at)
    if only is not None:
        waiting = waiting.filter(pk=only)
    ids = list(waiting.values_list("pk", flat=True))
    if not ids:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's exceptions are among them
        logger.warning("The mail server does not answer (%s): %d alert mails wait", type(error).__name__, len(ids))
        return 0
    try:
        return _send_all(ids, connection)
    finally:
        _close(connection)


def _send_all(ids: list[int], connection: BaseEmailBackend) -> int:
    sent = 0
    for pk in ids:
        mail = claim(pk, timezone.now())
        if mail is None:
            continue
        try:
            sent += _send(mail, connection)
        except REFUSALS as error:
            _postpone(mail, error, most=ATTEMPTS_WHEN_FINAL if _is_final(error) else ATTEMPTS_WHEN_TEMPORARY)
        except OSError as error:
            _postpone(mail, error)
            break  # the others wait, without an attempt that may take the time-out each
        except Exception as error:
            logger.exception("Alert mail %s could not be written", mail.pk)
            _postpone(mail, error, most=ATTEMPTS_WHEN_TEMPORARY)
    return sent


def _is_final(error: Exception) -> bool:
    """Whether the server said "never" (5xx) rather than "not now" (4xx)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return getattr(error, "smtp_code", 500) >= 500


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        pass  # what was sent is sent


def claim(pk: int, at: datetime) -> AlertMail | None:
    """The mail, ours until the lease ends; None when somebody else has it. One statement, so only one can win."""
    until = at + LEASE
    if not AlertMail.objects.free(at).filter(pk=pk).update(claimed_until=until, attempts=F("attempts") + 1):
        return None
    return AlertMail.objects.select_related("search__user").get(pk=pk)


def _send(mail: AlertMail, connection: BaseEmailBackend) -> bool:
    """False when there is nothing (more) to say to this reader."""
    message = compose(mail)
    if message is None:
        _finish(mail, MailState.DROPPED)
        return False
    message.connection = connection
    message.send()
    _finish(mail, MailState.SENT)
    return True


def _finish(mail: AlertMail, state: MailState) -> None:
    now = timezone.now()
    AlertMail.objects.filter(pk=mail.pk).update(
        state=state, keys=[], claimed_until=None, sent_at=now if state == MailState.SENT else None
    )
    if mail.kind == MailKind.ENDED:
        mail.search.delete()
    elif mail.kind == MailKind.RESULTS and state == MailState.SENT:
        SavedSearch.objects.filter(pk=mail.search_id).update(last_sent=now)


def _postpone(mail: AlertMail, error: Exception, *, most: int | None = None) -> None:
    """Later, each time twice as late; given up after `most` attempts. Logged is what kind of error it was, no more:
    its text may hold the address."""
    wait = min(timedelta(minutes=2 ** min(mail.attempts, 10)), LONGEST_WAIT)
    state = MailState.FAILED if most and mail.attempts >= most else MailState.PENDING
    AlertMail.objects.filter(pk=mail.pk).update(state=state, due=timezone.now() + wait, claimed_until=None)
    logger.warning("Alert mail %s was not sent (%s), attempt %d", mail.pk, type(error).__name__, mail.attempts)


def retry_failed() -> int:
    """Mails that were given up get another round; returns how many."""
    failed = AlertMail.objects.filter(state=MailState.FAILED)
    return failed.update(state=MailState.PENDING, attempts=0, due=timezone.now())
