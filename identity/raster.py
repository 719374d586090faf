"""Covers and marks as pixels, for share images and the demo. The paths are those the pages show."""

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from PIL import Image, ImageChops, ImageDraw

from identity.covers import Cover, Tile
from identity.marks import UNIT, all_marks
from identity.palette import HUES, INK, PAPER, SIGNAL, SUNKEN, Shade

OVERSAMPLING = 3
STEPS = 24  # straight pieces for each curve: at 630 pixels none is longer than two
_COLOURS: dict[str, Shade] = {**HUES, "ink": INK, "square": INK, "paper": PAPER, "sunken": SUNKEN, "signal": SIGNAL}

Point = tuple[float, float]


class _Outline(BasePen):
    """Collects the contours of a path as polygons."""

    def __init__(self) -> None:
        super().__init__(glyphSet=None)
        self.contours: list[list[Point]] = []

    def _moveTo(self, point: Point) -> None:  # noqa: N802  (the name fontTools calls)
        self.contours.append([point])

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        self.contours[-1].append(point)

    def _curveToOne(self, first: Point, second: Point, end: Point) -> None:  # noqa: N802
        start = self._getCurrentPoint()
        for step in range(1, STEPS + 1):
            t = step / STEPS
            u = 1 - t
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            points = (start, first, second, end)
            self.contours[-1].append(
                tuple(sum(w * p[axis] for w, p in zip(weights, points, strict=True)) for axis in (0, 1))
            )


def outline(path: str) -> list[list[Point]]:
    """The contours of an SVG path as polygons, in its own units."""
    pen = _Outline()
    parse_path(path, pen)
    return pen.contours


def mark_mask(name: str, side: int, turns: int = 0) -> Image.Image:
    """A mark, white on black, `side` × `side` pixels, turned clockwise by quarters; overlaps cancel (even-odd)."""
    large = side * OVERSAMPLING
    mask = Image.new("1", (large, large))
    for contour in outline(all_marks()[name].path):
        piece = Image.new("1", (large, large))
        ImageDraw.Draw(piece).polygon([(x * large / UNIT, y * large / UNIT) for x, y in contour], fill=1)
        mask = ImageChops.logical_xor(mask, piece)
    return mask.convert("L").rotate(-90 * turns).resize((side, side), Image.Resampling.BOX)


def colour(name: str, *, dark: bool = False) -> str:
    """The hexadecimal colour of a subsector, or of ink, paper, sunken, signal."""
    shade = _COLOURS[name]
    return shade.dark if dark else shade.light


def draw_cover(cover: Cover, height: int, *, dark: bool = False) -> Image.Image:
    """The cover as an RGB image `height` pixels high and as wide as its field asks for."""
    edges = [round(height * row / cover.rows) for row in range(cover.columns + cover.rows + 1)]
    image = Image.new("RGB", (edges[cover.columns], height), colour("sunken", dark=dark))
    for tile in cover.tiles:
        _draw_tile(image, tile, edges, dark)
    return image


def _draw_tile(image: Image.Image, tile: Tile, edges: list[int], dark: bool) -> None:
    left, top = edges[tile.column], edges[tile.row]
    width, height = edges[tile.column + tile.size] - left, edges[tile.row + tile.size] - top
    image.paste(colour(tile.ground, dark=dark), (left, top, left + width, top + height))
    mask = mark_mask(tile.mark, max(width, height), tile.turns).resize((width, height))
    image.paste(colour(tile.figure, dark=dark), (left, top), mask)
