"""The demo's pictures, drawn of the portal's own marks and colours: one way of composing per group of subsectors.

Deterministic: the same seed gives the same picture, so screenshots can be compared.
"""

import io
import math
import random
from functools import cache

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from identity.covers import SQUARE, cover_of
from identity.marks import MARKS
from identity.palette import HUES, INK, SUNKEN
from identity.raster import draw_cover, mark_mask


def _palettes() -> dict[str, tuple[str, ...]]:
    """One for each subsector from the portal's own colours: a tint behind, then its hue, two far from it, ink."""
    slugs = list(HUES)
    palettes = {}
    for place, slug in enumerate(slugs):
        hue = HUES[slug]
        far = [HUES[slugs[(place + step) % len(slugs)]] for step in (4, 7)]
        tint = "#{:02x}{:02x}{:02x}".format(
            *(round(a * 0.9 + b * 0.1) for a, b in zip(_rgb(SUNKEN.light), _rgb(hue.light), strict=True))
        )
        palettes[slug] = (tint, hue.light, far[0].light, hue.dark, far[1].dark, INK.light)
    return palettes


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


PALETTES = _palettes()
# Which composition suits which subsector.
COMPOSITIONS = {
    "architecture": "facade",
    "crafts": "weave",
    "visual-arts": "collage",
    "film": "frames",
    "design": "grid",
    "fashion": "drape",
    "gaming": "tiles",
    "marketing": "collage",
    "literature": "lines",
    "publishing": "grid",
    "performing-arts": "stage",
    "music": "waves",
}
OVERSAMPLING = 2


def picture(subsector: str, seed: str, size: tuple[int, int] = (1280, 854)) -> ContentFile:
    """A JPEG of `size` pixels."""
    chance = random.Random(f"{subsector}/{seed}")
    canvas = (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING)
    background, *inks = PALETTES[subsector]
    chance.shuffle(inks)
    image = Image.new("RGB", canvas, background)
    DRAWERS[COMPOSITIONS[subsector]](ImageDraw.Draw(image), canvas, inks, chance)
    return _file(image.resize(size, Image.Resampling.BOX), f"{subsector}-{seed}.jpg", "JPEG", quality=84)


def logo(name: str, subsector: str) -> ContentFile:
    """A square PNG of 320 pixels: the cover of the name."""
    return _file(draw_cover(cover_of(name, [subsector], SQUARE), 320), "logo.png", "PNG")


def brochure(title: str, lines: list[str], subsector: str) -> ContentFile:
    """A one-page PDF, A4 at 100 dots an inch."""
    background, ink, accent, *_rest = PALETTES[subsector]
    page = Image.new("RGB", (827, 1169), background)
    art = Image.open(picture(subsector, title, (827, 560)))
    page.paste(art, (0, 0))
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 620, 140, 630), fill=accent)
    draw.multiline_text((60, 660), title, fill=ink, font=ImageFont.load_default(46), spacing=10)
    draw.multiline_text((60, 830), "\n".join(lines), fill=ink, font=ImageFont.load_default(22), spacing=12)
    return _file(page, "brochure.pdf", "PDF", resolution=100.0, title=title)


def _file(image: Image.Image, name: str, kind: str, **options) -> ContentFile:
    out = io.BytesIO()
    image.save(out, format=kind, **options)
    return ContentFile(out.getvalue(), name=name)


@cache
def _stamp(mark: str, side: int, turns: int) -> Image.Image:
    return mark_mask(mark, side, turns)


def _facade(draw, size, inks, chance) -> None:
    width, height = size
    x = 0
    while x < width:
        block = chance.randrange(width // 9, width // 4)
        top = chance.randrange(height // 8, int(height * 0.6))
        draw.rectangle((x, top, x + block, height), fill=inks[chance.randrange(3)])
        window, gap = block // 7, block // 12
        light = chance.choice(inks)
        for wx in range(x + gap * 2, x + block - window, window + gap):
            for wy in range(top + gap * 2, height - window, int(window * 1.6) + gap):
                if chance.random() < 0.72:
                    draw.rectangle((wx, wy, wx + window, wy + int(window * 1.4)), fill=light)
        x += block


def _weave(draw, size, inks, chance) -> None:
    width, height = size
    step = width // chance.choice((10, 14, 18))
    for row, y in enumerate(range(0, height, step)):
        for column, x in enumerate(range(0, width, step)):
            ink = inks[(row * 2 + column + chance.randrange(2)) % len(inks)]
            if (row + column) % 2:
                draw.rounded_rectangle((x + 4, y - step // 3, x + step - 4, y + step * 4 // 3), step // 3, fill=ink)
            else:
                draw.rounded_rectangle((x - step // 3, y + 4, x + step * 4 // 3, y + step - 4), step // 3, fill=ink)


def _collage(draw, size, inks, chance) -> None:
    width, height = size
    for index in range(9):
        x, y = chance.randrange(width), chance.randrange(height)
        reach = chance.randrange(width // 10, width // 3)
        ink = inks[index % len(inks)]
        if index % 3 == 0:
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=ink)
        elif index % 3 == 1:
            points = [
                (x + reach * math.cos(angle + index), y + reach * math.sin(angle + index)) for angle in (0, 2.1, 4.2)
            ]
            draw.polygon(points, fill=ink)
        else:
            draw.line((x, y, x + reach * 2, y - reach), fill=ink, width=width // 40)


def _frames(draw, size, inks, chance) -> None:
    width, height = size
    for index in range(7, 0, -1):
        inset_x, inset_y = width * (7 - index) // 18, height * (7 - index) // 16
        draw.rectangle((inset_x, inset_y, width - inset_x, height - inset_y), fill=inks[index % len(inks)])
    reach = height // chance.choice((4, 5, 6))
    x, y = chance.randrange(width // 3, width * 2 // 3), height // 2
    draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=inks[0])
    draw.pieslice((x - reach, y - reach, x + reach, y + reach), chance.randrange(360), 500, fill=inks[1])


def _grid(draw, size, inks, chance) -> None:
    width, height = size
    side = height // chance.choice((3, 4, 5))
    for y in range(0, height, side):
        for x in range(0, width, side):
            if chance.random() < 0.8:
                stamp = _stamp(chance.choice(list(MARKS)), side, chance.randrange(4))
                draw.bitmap((x, y), stamp, fill=chance.choice(inks))


def _drape(draw, size, inks, chance) -> None:
    width, height = size
    folds = chance.randrange(9, 16)
    for fold in range(folds):
        left = width * fold // folds
        sway = chance.randrange(-width // 12, width // 12)
        points = [
            (left, 0),
            (left + width // folds + 6, 0),
            (left + width // folds + sway, height),
            (left + sway, height),
        ]
        draw.polygon(points, fill=inks[fold % len(inks)])


def _tiles(draw, size, inks, chance) -> None:
    width, height = size
    side = width // 28
    level = height * 2 // 3
    for x in range(0, width, side):
        level = min(height - side * 2, max(height // 5, level + chance.choice((-2, -1, 0, 1, 2)) * side))
        for y in range(level // side * side, height, side):
            draw.rectangle((x, y, x + side - 4, y + side - 4), fill=inks[(y // side + chance.randrange(2)) % len(inks)])
    reach = side * 3
    draw.ellipse((width * 3 // 4, side * 2, width * 3 // 4 + reach, side * 2 + reach), fill=inks[-1])


def _lines(draw, size, inks, chance) -> None:
    width, height = size
    line = height // 22
    for index, y in enumerate(range(line * 2, height - line, line * 2)):
        x = width // 10
        while x < width * 9 // 10:
            word = chance.randrange(line, line * 6)
            ink = inks[1] if index == 3 and chance.random() < 0.5 else inks[0]
            draw.rectangle((x, y, min(x + word, width * 9 // 10), y + line), fill=ink)
            x += word + line


def _stage(draw, size, inks, chance) -> None:
    width, height = size
    for index in range(5):
        x = width * (index * 2 + 1) // 10
        aim = chance.randrange(width)
        draw.polygon([(x, 0), (aim - width // 8, height), (aim + width // 8, height)], fill=inks[index % len(inks)])
    floor = height * 5 // 6
    draw.ellipse((width // 8, floor - height // 10, width * 7 // 8, floor + height // 4), fill=inks[0])
    for index in range(chance.randrange(2, 5)):
        x = width * (index + 2) // 7
        draw.ellipse((x, floor - height // 3, x + height // 10, floor - height // 3 + height // 10), fill=inks[-1])
        draw.rectangle((x, floor - height // 5, x + height // 10, floor), fill=inks[-1])


def _waves(draw, size, inks, chance) -> None:
    width, height = size
    for band in range(11):
        base = height * (band + 1) // 12
        swing, turn = chance.randrange(20, height // 9), chance.random() * 6
        length = width / chance.choice((1.5, 2, 3, 4))
        points = [(x, base + swing * math.sin(x / length * 6.28 + turn)) for x in range(0, width + 24, 24)]
        draw.line(
            points, fill=inks[band % len(inks)], width=chance.randrange(height // 90, height // 26), joint="curve"
        )


DRAWERS = {
    "facade": _facade,
    "weave": _weave,
    "collage": _collage,
    "frames": _frames,
    "grid": _grid,
    "drape": _drape,
    "tiles": _tiles,
    "lines": _lines,
    "stage": _stage,
    "waves": _waves,
}
