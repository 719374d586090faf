"""Columns of the CSV export. Each takes its cell from a hit's card, which holds nothing but what the public sees.

columns=(TITLE, terms("subsectors", _("Subsector"), Subsector), text("city", _("Town")), ADDRESS)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from .listing import Hit


@dataclass(frozen=True, kw_only=True)
class Column:
    label: Any  # lazy: the heading in the reader's language
    cell: Callable[[Hit, str], str]  # (hit, absolute address of its page) → text


def text(key: str, label: Any) -> Column:
    return Column(label=label, cell=lambda hit, _address: _plain(hit.card.get(key)))


def terms(key: str, label: Any, taxonomy: Any) -> Column:
    """`taxonomy`: a model with choices_here(); labels are joined by a comma."""
    return Column(label=label, cell=lambda hit, _address: _labels(hit.card.get(key) or (), taxonomy.choices_here()))


def choice(key: str, label: Any, choices: type[Choices]) -> Column:
    """One value of an enumeration, or a list of them."""

    def cell(hit: Hit, _address: str) -> str:
        value = hit.card.get(key)
        values = value if isinstance(value, list) else [value]
        return _labels([item for item in values if item], {item: str(name) for item, name in choices.choices})

    return Column(label=label, cell=cell)


def flag(key: str, label: Any) -> Column:
    return Column(label=label, cell=lambda hit, _address: str(_("Yes") if hit.card.get(key) else _("No")))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _labels(values: Iterable[str], labels: dict[str, str]) -> str:
    return ", ".join(labels.get(value, value) for value in values)


TITLE = Column(label=pgettext_lazy("column", "Name"), cell=lambda hit, _address: _plain(hit.card.get("title")))
TYPE = Column(label=_("Type"), cell=lambda hit, _address: hit.type_label)
SUMMARY = text("summary", _("Summary"))
LANGUAGE = Column(label=pgettext_lazy("column", "Language of the text"), cell=lambda hit, _address: hit.language)
ADDRESS = Column(label=pgettext_lazy("column", "Page"), cell=lambda _hit, address: address)
