"""The months from today to a deadline, for a line that shows how much time is left."""

import datetime
from dataclasses import dataclass

from funding.enums import CLOSING_DAYS

LONGEST = 18  # months; of a deadline further away no line is drawn


@dataclass(frozen=True)
class Month:
    first: datetime.date
    is_now: bool
    is_last: bool
    is_closing: bool  # some of it lies in the last weeks before the deadline
    is_named: bool  # has its name on a phone, too, where there is room for few


def months_until(deadline: datetime.date | None, today: datetime.date) -> list[Month]:
    """From this month to that of the deadline; [] without a deadline, after it, and where it is too far away."""
    if deadline is None or deadline < today:
        return []
    number = (deadline.year - today.year) * 12 + deadline.month - today.month + 1
    if number > LONGEST:
        return []
    closing = deadline - datetime.timedelta(days=CLOSING_DAYS)
    months = []
    for place in range(number):
        first = _first_of(today, place)
        is_now, is_last = place == 0, place == number - 1
        is_closing = closing < _first_of(today, place + 1)
        months.append(Month(first, is_now, is_last, is_closing, is_now or is_last or first.month == 1))
    return months


def _first_of(day: datetime.date, months_later: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months_later, 12)
    return datetime.date(day.year + years, month + 1, 1)
