"""A facet's values as areas of a map. The drawing itself is data of the app (directory/area_map.py); the map shows the
same counts as the list of values beside it and toggles the same choices, by the same addresses."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHADES = 4  # 0 is an area without anything


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One area. Lengths are in units of the drawing's view box."""

    value: str  # of the facet
    points: tuple[tuple[int, int], ...]
    at: tuple[int, int]  # middle of its number
    is_named: bool = False  # whether there is room for its name above the number


@dataclass(frozen=True, kw_only=True)
class DrawnArea:
    value: str
    label: str
    count: int
    selected: bool
    url: str  # toggles it
    points: str  # as <polygon points> takes them
    x: int
    y: int
    shade: int  # 0 … SHADES
    is_named: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    box: tuple[int, int, int, int]  # left, top, width, height
    shapes: Sequence[Shape]
    caption_at: tuple[int, int]  # where the name of the area under the pointer is written
    border: tuple[tuple[int, int], ...] = ()  # a line around those areas that belong together

    @property
    def view_box(self) -> str:
        return " ".join(str(number) for number in self.box)

    @property
    def border_points(self) -> str:
        return _svg(self.border)

    def draw(
        self,
        labels: Mapping[str, Any],
        counts: Mapping[str, int],
        selected: Sequence[str],
        url_for: Callable[[str], str],
    ) -> list[DrawnArea]:
        """All areas, those without anything too; values that have no shape are in the list only."""
        most = max((counts.get(shape.value, 0) for shape in self.shapes), default=0)
        return [
            DrawnArea(
                value=shape.value,
                label=str(labels[shape.value]),
                count=counts.get(shape.value, 0),
                selected=shape.value in selected,
                url=url_for(shape.value),
                points=_svg(shape.points),
                x=shape.at[0],
                y=shape.at[1],
                shade=_shade(counts.get(shape.value, 0), most),
                is_named=shape.is_named,
            )
            for shape in self.shapes
            if shape.value in labels
        ]


def _svg(points: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _shade(count: int, most: int) -> int:
    """By the square root: one area is far ahead of all others, and those should still differ."""
    return math.ceil(SHADES * math.sqrt(count / most)) if count else 0
