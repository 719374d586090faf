"""Marks and covers: what is whole is whole, what is filled is filled, the same name draws the same."""

from itertools import combinations

import pytest
from PIL import Image, ImageChops

from identity.covers import DIVISIONS, SQUARE, WIDE, cluster_cover, cover_of
from identity.marks import MARKS, UNIT, Side, all_marks, mark_of
from identity.palette import HUES
from identity.raster import colour, draw_cover, mark_mask, outline

SMALL = 16  # pixels: as beside a label


def _border(mask: Image.Image, side: Side) -> Image.Image:
    last = mask.width - 1
    boxes = {
        Side.HEAD: (0, 0, mask.width, 1),
        Side.FOOT: (0, last, mask.width, mask.height),
        Side.LEFT: (0, 0, 1, mask.height),
        Side.RIGHT: (last, 0, mask.width, mask.height),
    }
    return mask.crop(boxes[side])


def test_marks_when_compared_with_the_colours():
    assert list(MARKS) == list(HUES)


@pytest.mark.parametrize("slug", MARKS)
def test_whole_sides_when_drawn(slug):
    """The sides a mark says it leaves whole are whole, no other is, and there is one at least."""
    mask = mark_mask(slug, 96)
    # The corners of a pointed mark lose a pixel to smoothing.
    whole = {side for side in Side if sum(value > 100 for value in _border(mask, side).get_flattened_data()) >= 94}
    assert whole == set(MARKS[slug].whole)
    assert whole


@pytest.mark.parametrize("slug", all_marks())
def test_outline_when_a_path_is_read(slug):
    points = [point for contour in outline(all_marks()[slug].path) for point in contour]
    assert all(-0.01 <= value <= UNIT + 0.01 for point in points for value in point)


def test_outlines_when_small():
    """At the size beside a label any two marks differ in a tenth of their pixels at least."""
    masks = {slug: mark_mask(slug, SMALL) for slug in MARKS}
    for one, other in combinations(masks, 2):
        apart = ImageChops.difference(masks[one], masks[other]).get_flattened_data()
        assert sum(value > 127 for value in apart) >= SMALL * SMALL / 10, f"{one} and {other} look alike"


def test_mark_when_a_subsector_is_none_of_the_twelve():
    assert mark_of("puppetry")[0] == mark_of(None)[0] == mark_of("")[0] == "square"


@pytest.mark.parametrize("field", DIVISIONS)
def test_divisions_when_laid_out(field):
    """Every division covers its field once and whole, however the name turns it."""
    for number in range(200):
        cells = [
            (tile.column + column, tile.row + row)
            for tile in cover_of(f"Member {number}", ["film"], field).tiles
            for column in range(tile.size)
            for row in range(tile.size)
        ]
        assert sorted(cells) == [(column, row) for column in range(field[0]) for row in range(field[1])]


def test_cluster_when_drawn():
    """All twelve, each once, and no square left out."""
    cover = cluster_cover()
    assert sorted(tile.mark for tile in cover.tiles) == sorted(MARKS)
    assert sum(tile.size**2 for tile in cover.tiles) == cover.columns * cover.rows


def test_cover_when_the_name_is_the_same():
    assert cover_of("Atelier Nord", ["film"]) == cover_of("ATELIER Nord", ["film"])
    assert cover_of("Atelier Nord", ["film"]) != cover_of("Atelier Nord", ["design"])


def test_covers_when_there_are_many_members():
    """300 one-subsector members of three subsectors: hardly two covers alike."""
    covers = {cover_of(f"Studio {number}", [list(MARKS)[number % 3]]) for number in range(300)}
    assert len(covers) >= 290


def test_cover_when_there_are_several_subsectors():
    """Forms and colours of its own subsectors, and of the first three only; nothing of its ground's colour is drawn."""
    own = ["film", "music", "design", "fashion"]
    for number in range(100):
        cover = cover_of(f"Studio {number}", own)
        assert {tile.mark for tile in cover.tiles} <= set(own[:3])
        assert {tile.ground for tile in cover.tiles} | {tile.figure for tile in cover.tiles} <= {
            *own[:3],
            "ink",
            "sunken",
        }
        assert all(tile.ground != tile.figure for tile in cover.tiles)


@pytest.mark.parametrize("subsectors", [[], ["puppetry"], ["film", "film"]])
@pytest.mark.parametrize("name", ["", "Ö", "x" * 400, "<script>"])
def test_cover_when_what_is_known_is_odd(name, subsectors):
    image = draw_cover(cover_of(name, subsectors, WIDE), 96)
    assert image.size == (144, 96)


def test_pixels_when_a_cover_is_drawn_in_both_schemes():
    cover = cover_of("Atelier Nord", ["film"], SQUARE)
    for dark in (False, True):
        colours = {tuple(pixel) for _count, pixel in draw_cover(cover, 240, dark=dark).getcolors(100_000)}
        assert tuple(bytes.fromhex(colour("film", dark=dark)[1:])) in colours
