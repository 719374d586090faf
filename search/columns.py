"""Columns of the CSV export. Each takes its cell from a hit's card, which holds nothing but what the public sees.

columns=(TITLE, terms("subsectors", _("Subsector"), Subsector), text("city", _("Town")), ADDRESS)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from .listing import Hit


Cell = Callable[["Hit", str], str]  # (hit, absolute address of its page) → text


@dataclass(frozen=True, kw_only=True)
class Column:
    label: Any  # lazy: the heading in the reader's language
    begin: Callable[[], Cell]  # asked once per table: labels are fetched here, not per row


def text(key: str, label: Any) -> Column:
    return _simple(label, lambda hit, _address: _plain(hit.card.get(key)))


def terms(key: str, label: Any, taxonomy: Any) -> Column:
    """`taxonomy`: a model with choices_here(); labels are joined by a comma."""
    return _labelled(key, label, taxonomy.choices_here)


def choice(key: str, label: Any, choices: type[Choices]) -> Column:
    """One value of an enumeration, or a list of them."""
    return _labelled(key, label, lambda: {value: str(name) for value, name in choices.choices})


def flag(key: str, label: Any) -> Column:
    return _simple(label, lambda hit, _address: str(_("Yes") if hit.card.get(key) else _("No")))


def _simple(label: Any, cell: Cell) -> Column:
    return Column(label=label, begin=lambda: cell)


def _labelled(key: str, label: Any, labels: Callable[[], Mapping[str, str]]) -> Column:
    def begin() -> Cell:
        known = labels()

        def cell(hit: Hit, _address: str) -> str:
            value = hit.card.get(key) or ()
            return ", ".join(known.get(item, item) for item in (value if isinstance(value, list) else [value]) if item)

        return cell

    return Column(label=label, begin=begin)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


TITLE = _simple(pgettext_lazy("column", "Name"), lambda hit, _address: _plain(hit.card.get("title")))
TYPE = _simple(_("Type"), lambda hit, _address: hit.type_label)
SUMMARY = text("summary", _("Summary"))
LANGUAGE = _simple(pgettext_lazy("column", "Language of the text"), lambda hit, _address: hit.language)
ADDRESS = _simple(pgettext_lazy("column", "Page"), lambda _hit, address: address)
