import datetime
from dataclasses import dataclass

from django import template
from django.utils import timezone

from funding.enums import Applicant, FundingStatus
from funding.models import FundingPage
from funding.timeline import Month, months_until

register = template.Library()


@dataclass(frozen=True)
class FundingState:
    status: str  # a value of FundingStatus
    label: str
    days_left: int | None  # 0: today is the last day; negative: over; None: no deadline


@register.simple_tag
def funding_state(page: FundingPage, on: datetime.date | None = None) -> FundingState:
    """How a scheme stands on a day, today by default."""
    day = on or timezone.localdate()
    status: FundingStatus = page.status(on=day)
    return FundingState(status.value, str(status.label), (page.deadline - day).days if page.deadline else None)


@register.simple_tag
def months_left(page: FundingPage) -> list[Month]:
    return months_until(page.deadline, timezone.localdate())


@register.filter
def applicant_labels(values: list[str] | None) -> list[str]:
    """Labels of who may apply, in the order of the choices."""
    return [str(label) for value, label in Applicant.choices if value in (values or [])]


@register.filter
def funding_status(deadline: str | datetime.date | None) -> FundingStatus:
    """How a scheme stands today, from a deadline alone (a date, or its ISO form on a card); open without one."""
    day = datetime.date.fromisoformat(deadline) if isinstance(deadline, str) else deadline
    return FundingPage(deadline=day).status(timezone.localdate())
