"""The marks of the twelve subsectors: forms cut from one square of 24 × 24 units (docs/design.md, "The marks")."""

from dataclasses import dataclass
from enum import StrEnum

UNIT = 24


class Side(StrEnum):
    HEAD = "head"
    RIGHT = "right"
    FOOT = "foot"
    LEFT = "left"


@dataclass(frozen=True)
class Mark:
    """An SVG path in absolute commands, filled even-odd, and the sides of the square it leaves whole."""

    path: str
    whole: frozenset[Side]


def _mark(path: str, *whole: Side) -> Mark:
    return Mark(path, frozenset(whole))


MARKS: dict[str, Mark] = {
    "architecture": _mark("M0 24V10L12 0L24 10V24Z", Side.FOOT),
    "crafts": _mark("M0 0H8L5 13H19L16 0H24V24H0Z", Side.LEFT, Side.RIGHT, Side.FOOT),
    "visual-arts": _mark("M0 0H24V24H0ZM12 5A7 7 0 1 0 12 19A7 7 0 1 0 12 5Z", *Side),
    "film": _mark("M0 0L24 12L0 24Z", Side.LEFT),
    "design": _mark("M0 0A24 24 0 0 1 24 24H0Z", Side.LEFT, Side.FOOT),
    "fashion": _mark("M0 0H24L14 12L24 24H0L10 12Z", Side.HEAD, Side.FOOT),
    "gaming": _mark("M0 0H8V8H16V16H24V24H0Z", Side.LEFT, Side.FOOT),
    "marketing": _mark("M24 0V24L0 17V7Z", Side.RIGHT),
    "literature": _mark("M0 0L12 8L24 0V24H0Z", Side.LEFT, Side.RIGHT, Side.FOOT),
    "publishing": _mark("M0 0H15L24 9V24H0ZM6 11V14H14V11ZM6 17V20H18V17Z", Side.LEFT, Side.FOOT),
    "performing-arts": _mark("M0 0H24V24H21A9 9 0 0 0 3 24H0Z", Side.HEAD, Side.LEFT, Side.RIGHT),
    "music": _mark("M0 24V11H6V18H9V0H15V18H18V6H24V24Z", Side.FOOT),
}
# What stands for a subsector that editors added after the twelve: the square nothing was cut from yet.
NEUTRAL = "square"
_UNCUT = _mark("M0 0H24V24H0Z", *Side)


def mark_of(slug: str | None) -> tuple[str, Mark]:
    """The name to draw under and the mark: a subsector's own, or the uncut square."""
    return (slug, MARKS[slug]) if slug in MARKS else (NEUTRAL, _UNCUT)


def all_marks() -> dict[str, Mark]:
    return {**MARKS, NEUTRAL: _UNCUT}
