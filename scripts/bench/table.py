"""The figures, the goals beside them, and whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

WIDTHS = (76, 14, 12, 6, 16)  # characters of the columns


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`goal`: "" for what is told and not judged."""

    label: str
    value: str
    goal: str = ""
    holds: bool = True
    wagtail: str = ""  # the same of Wagtail's own search, measured when this was designed

    @property
    def verdict(self) -> str:
        return ("PASS" if self.holds else "FAIL") if self.goal else ""


def at_most(label: str, value: float, goal: float, *, unit: str = "×", digits: int = 2, wagtail: str = "") -> Figure:
    return Figure(
        label=label,
        value=f"{value:.{digits}f} {unit}",
        goal=f"≤ {goal:g} {unit}",
        holds=value <= goal,
        wagtail=wagtail,
    )


def at_least(label: str, value: float, goal: float, *, wagtail: str = "") -> Figure:
    return Figure(label=label, value=f"{value:.2f} ×", goal=f"≥ {goal:g} ×", holds=value >= goal, wagtail=wagtail)


def told(label: str, value: str, *, wagtail: str = "") -> Figure:
    return Figure(label=label, value=value, wagtail=wagtail)


def table(figures: Sequence[Figure]) -> str:
    lines = ["", _line("", "measured", "goal", "", "Wagtail's own")]
    lines += [_line(figure.label, figure.value, figure.goal, figure.verdict, figure.wagtail) for figure in figures]
    return "\n".join(lines)


def _line(label: str, *cells: str) -> str:
    first, *rest = WIDTHS
    return (f"{label:<{first}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, rest, strict=True))).rstrip()


def percentile(seconds: Sequence[float], share: float) -> float:
    """The smallest value that this share of them does not exceed."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, ceil(len(ordered) * share) - 1)]


def ratio(ones: Sequence[Sequence[float]], others: Sequence[Sequence[float]], share: float) -> float:
    """Of two things measured in turns: the middle one of the rounds' ratios."""
    return median(percentile(one, share) / percentile(other, share) for one, other in zip(ones, others, strict=True))


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
