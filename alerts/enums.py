from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Frequency(TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Once a week, on Monday")


class MailKind(TextChoices):
    CONFIRM = "confirm", _("asks for confirmation")
    EXISTS = "exists", _("says that the alert exists already")
    RESULTS = "results", _("new results")
    ENDED = "ended", _("says that the alert has ended")


class MailState(TextChoices):
    PENDING = "pending", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    DROPPED = "dropped", _("no longer to be sent")
