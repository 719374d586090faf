"""Covers: a field of 6 × 4 squares (or 4 × 4, or a band of 12 × 2), divided and turned by a name.

It is filled with the marks of the subsectors that belong to the name. The same name and subsectors give the
same cover everywhere: page, list, share image, demo.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from identity.marks import MARKS, UNIT, mark_of

# Fields by columns and rows, and their divisions: "size column row" of each square, largest first.
WIDE, SQUARE, BAND = (6, 4), (4, 4), (12, 2)
DIVISIONS: dict[tuple[int, int], tuple[str, ...]] = {
    WIDE: (
        "4 0 0, 2 4 0, 2 4 2",
        "4 0 0, 2 4 1, 1 4 0, 1 5 0, 1 4 3, 1 5 3",
        "3 0 0, 3 3 0, 1 0 3, 1 1 3, 1 2 3, 1 3 3, 1 4 3, 1 5 3",
        "3 0 0, 2 3 0, 2 4 2, 1 5 0, 1 5 1, 1 3 2, 1 3 3, 1 0 3, 1 1 3, 1 2 3",
        "2 0 0, 2 2 0, 2 4 0, 2 0 2, 2 2 2, 2 4 2",
        "3 0 0, 3 3 1, 1 3 0, 1 4 0, 1 5 0, 1 0 3, 1 1 3, 1 2 3",
        "4 1 0, 1 0 0, 1 0 1, 1 0 2, 1 0 3, 1 5 0, 1 5 1, 1 5 2, 1 5 3",
        "4 0 0, 2 4 0, 1 4 2, 1 5 2, 1 4 3, 1 5 3",
    ),
    SQUARE: (
        "2 0 0, 2 2 0, 2 0 2, 2 2 2",
        "3 0 0, 1 3 0, 1 3 1, 1 3 2, 1 0 3, 1 1 3, 1 2 3, 1 3 3",
        "2 0 0, 2 2 0, 2 0 2, 1 2 2, 1 3 2, 1 2 3, 1 3 3",
        "2 1 0, 2 1 2, 1 0 0, 1 0 1, 1 0 2, 1 0 3, 1 3 0, 1 3 1, 1 3 2, 1 3 3",
    ),
    BAND: (
        "2 0 0, 2 2 0, 2 4 0, 2 6 0, 2 8 0, 2 10 0",
        "2 0 0, 2 2 0, 2 5 0, 2 7 0, 2 10 0, 1 4 0, 1 4 1, 1 9 0, 1 9 1",
        "2 0 0, 2 4 0, 2 6 0, 2 8 0, 1 2 0, 1 2 1, 1 3 0, 1 3 1, 1 10 0, 1 10 1, 1 11 0, 1 11 1",
        "2 1 0, 2 3 0, 2 6 0, 2 9 0, 1 0 0, 1 0 1, 1 5 0, 1 5 1, 1 8 0, 1 8 1, 1 11 0, 1 11 1",
    ),
}
GROUND = "sunken"  # what shows where nothing is drawn
INK, PAPER, SIGNAL = "ink", "paper", "signal"
MOST_SUBSECTORS = 3


@dataclass(frozen=True)
class Tile:
    """One square: place and size in squares, its mark, quarter turns clockwise, colours behind and of the mark."""

    column: int
    row: int
    size: int
    mark: str
    turns: int
    ground: str
    figure: str

    @property
    def box(self) -> tuple[int, int, int]:
        """Left, top and side in units of the drawing."""
        return self.column * UNIT, self.row * UNIT, self.size * UNIT

    @property
    def transform(self) -> str:
        """Where the mark stands, as the value of an SVG ``transform``."""
        left, top, _side = self.box
        place = f"translate({left} {top})" if left or top else ""
        scale = f"scale({self.size})" if self.size > 1 else ""
        turn = f"rotate({self.turns * 90} 12 12)" if self.turns else ""
        return f"{place}{scale}{turn}"


@dataclass(frozen=True)
class Cover:
    """Tiles that fill a field of ``columns`` × ``rows`` squares without a gap."""

    columns: int
    rows: int
    tiles: tuple[Tile, ...]

    @property
    def width(self) -> int:
        return self.columns * UNIT

    @property
    def height(self) -> int:
        return self.rows * UNIT


def cover_of(name: str, subsectors: Iterable[str] = (), field: tuple[int, int] = WIDE) -> Cover:
    """The cover of a member or page on a field of WIDE, SQUARE or BAND.

    Without subsectors it is drawn in ink and signal from marks the name chooses.
    """
    chance = hashlib.sha256(name.casefold().encode()).digest()
    drawn = [mark_of(slug)[0] for slug in list(subsectors)[:MOST_SUBSECTORS]]
    divisions = DIVISIONS[field]
    squares = _turned(_squares(divisions[chance[0] % len(divisions)]), field, chance[1])
    tiles = []
    for place, (size, column, row) in enumerate(squares):
        draw = chance[2 + place]
        mark, ground, figure = _joined(drawn, place, draw) if drawn else _plain(place, draw)
        tiles.append(Tile(column, row, size, mark, draw % 4, ground, figure))
    return Cover(*field, tuple(tiles))


def _joined(drawn: Sequence[str], place: int, draw: int) -> tuple[str, str, str]:
    """Subsectors take turns; the largest square always carries the first one's own colour."""
    mark = drawn[place % len(drawn)]
    partner = drawn[(place + 1) % len(drawn)] if len(drawn) > 1 else INK
    pairs = ((GROUND, mark), (mark, GROUND), (mark, partner), (GROUND, INK), (INK, mark))
    ground, figure = pairs[(draw >> 2) % (2 if place == 0 else len(pairs))]
    return mark, ground, figure


def _plain(place: int, draw: int) -> tuple[str, str, str]:
    pairs = ((GROUND, INK), (SIGNAL, GROUND), (INK, GROUND), (GROUND, SIGNAL), (INK, SIGNAL))
    ground, figure = pairs[(draw + place) % len(pairs)]
    return list(MARKS)[(draw >> 3) % len(MARKS)], ground, figure


def _squares(division: str) -> list[tuple[int, int, int]]:
    return [(int(size), int(column), int(row)) for size, column, row in map(str.split, division.split(","))]


def _turned(squares: list[tuple[int, int, int]], field: tuple[int, int], draw: int) -> list[tuple[int, int, int]]:
    """The division as it is, mirrored left to right, top to bottom, or both."""
    columns, rows = field
    across, down = draw & 1, draw & 2
    return [
        (size, columns - size - column if across else column, rows - size - row if down else row)
        for size, column, row in squares
    ]


# The cluster: all twelve on a field of 8 × 4, one of 3 × 3, four of 2 × 2, seven single squares.
_CLUSTER = (
    ("design", 3, 0, 0, 0, GROUND, "design"),
    ("visual-arts", 2, 3, 0, 0, GROUND, "visual-arts"),
    ("film", 2, 3, 2, 0, "film", PAPER),
    ("performing-arts", 2, 6, 0, 0, "performing-arts", PAPER),
    ("literature", 2, 6, 2, 0, GROUND, "literature"),
    ("architecture", 1, 0, 3, 0, "architecture", PAPER),
    ("marketing", 1, 1, 3, 0, GROUND, "marketing"),
    ("gaming", 1, 2, 3, 0, "gaming", PAPER),
    ("music", 1, 5, 0, 0, "music", PAPER),
    ("crafts", 1, 5, 1, 0, GROUND, "crafts"),
    ("fashion", 1, 5, 2, 1, "fashion", PAPER),
    ("publishing", 1, 5, 3, 0, GROUND, "publishing"),
)


def cluster_cover() -> Cover:
    """All twelve subsectors joined: the picture of the cluster itself."""
    tiles = (
        Tile(column, row, size, mark, turns, ground, figure)
        for mark, size, column, row, turns, ground, figure in _CLUSTER
    )
    return Cover(8, 4, tuple(tiles))
