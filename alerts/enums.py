from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Once a week, on Monday")


class MailKind(TextChoices):
    CONFIRM = "confirm"
    EXISTS = "exists"  # a form was sent for an alert that is active already
    RESULTS = "results"
    ENDED = "ended"


class MailState(TextChoices):
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"  # given up; `send_alerts --retry-failed` tries again
    DROPPED = "dropped"  # nothing left to say
