"""Work that a reader's request leaves behind."""

from django.utils import timezone
from django_tasks import task

from alerts.outbox import send_due


@task()
def send_mail_now(mail_id: int) -> None:
    """One mail, at once. Deleted or sent meanwhile: nothing to do. Mail down: the schedule sends it later."""
    send_due(at=timezone.now(), only=mail_id)
