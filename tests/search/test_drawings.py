from directory.area_map import AREA_MAP
from directory.enums import Area
from search.drawings import SHADES

LABELS = {value: str(label) for value, label in Area.choices}


def drawn(counts: dict[str, int], selected: tuple[str, ...] = ()):
    return {area.value: area for area in AREA_MAP.draw(LABELS, counts, selected, lambda value: f"?area={value}")}


def test_every_area_is_drawn_once() -> None:
    assert sorted(shape.value for shape in AREA_MAP.shapes) == sorted(LABELS)
    assert set(drawn({})) == set(LABELS)


def test_map_says_what_the_list_says() -> None:
    area = drawn({"remich": 3}, ("remich",))["remich"]
    assert (area.label, area.count, area.selected, area.url) == (LABELS["remich"], 3, True, "?area=remich")


def test_more_is_darker_and_nothing_is_empty() -> None:
    areas = drawn({"luxembourg": 118, "esch-sur-alzette": 46, "mersch": 11, "wiltz": 1})
    shades = [areas[name].shade for name in ("luxembourg", "esch-sur-alzette", "mersch", "wiltz", "remich")]
    assert shades == [SHADES, 3, 2, 1, 0]
    assert {area.shade for area in drawn({}).values()} == {0}


def test_neighbours_leave_no_gap_and_cover_nobody() -> None:
    """Each edge belongs to two areas, or to the frame; each number stands inside its own area."""
    left, top, width, height = AREA_MAP.box
    edges: dict[frozenset, int] = {}
    for shape in AREA_MAP.shapes:
        for start, end in zip(shape.points, (*shape.points[1:], shape.points[0]), strict=True):
            edges[frozenset((start, end))] = edges.get(frozenset((start, end)), 0) + 1
        assert inside(shape.points, shape.at), shape.value
    for edge, number in edges.items():
        (x1, y1), (x2, y2) = edge
        at_frame = (x1 == x2 and x1 in (left, 220)) or (y1 == y2 and y1 in (top, 296))
        assert number == (1 if at_frame else 2), edge
    assert left + width >= 220
    assert top + height >= AREA_MAP.caption_at[1]


def test_border_runs_along_the_edges_of_the_cantons() -> None:
    edges = {
        frozenset(pair)
        for shape in AREA_MAP.shapes
        for pair in zip(shape.points, (*shape.points[1:], shape.points[0]), strict=True)
    }
    border = AREA_MAP.border
    assert {frozenset(pair) for pair in zip(border, (*border[1:], border[0]), strict=True)} <= edges


def inside(points: tuple[tuple[int, int], ...], at: tuple[int, int]) -> bool:
    """Whether a line from there to the right crosses the outline an odd number of times."""
    x, y = at
    crossed = False
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed
