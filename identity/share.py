"""Images for social networks, 1200 × 630 pixels: words on the left, the page's picture or cover on the right."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import font_hanken_grotesk
import font_source_serif_pro
from PIL import Image, ImageDraw, ImageFont, ImageOps

from identity.covers import SQUARE, cover_of
from identity.raster import colour, draw_cover

SIZE = (1200, 630)
MARGIN = 48
TEXT_WIDTH = SIZE[0] - SIZE[1] - 2 * MARGIN + 8
TITLE_SIZES = (68, 60, 54, 48, 42, 36, 32)  # the first that fits
TITLE_BOX = 400  # pixels of height
ELLIPSIS = "…"


@dataclass(frozen=True)
class ShareWords:
    """What one share image says. `subsectors`: slugs for the cover; empty for pages of no subsector."""

    title: str
    kicker: str
    portal: str
    subsectors: Sequence[str] = field(default=())


def draw_share(words: ShareWords, picture: Image.Image | None = None, focus: tuple[float, float] = (0.5, 0.5)) -> bytes:
    """A PNG. Without a `picture` the cover is drawn; with one it is cut square round `focus` (fractions)."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, colour("paper"))
    if picture is None:
        side = draw_cover(cover_of(words.title, words.subsectors, SQUARE), height)
    else:
        side = ImageOps.fit(picture.convert("RGB"), (height, height), Image.Resampling.LANCZOS, centering=focus)
    image.paste(side, (width - height, 0))
    draw = ImageDraw.Draw(image)
    draw.line((width - height, 0, width - height, height), fill=colour("ink"), width=2)
    _write(draw, words)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _write(draw: ImageDraw.ImageDraw, words: ShareWords) -> None:
    kicker, portal = _font("text", 26), _font("name", 28)
    draw.text((MARGIN, MARGIN), _cut(words.kicker, kicker), font=kicker, fill=colour("ink"))
    font, lines = _fitted(words.title)
    draw.multiline_text(
        (MARGIN - 2, MARGIN + 52), "\n".join(lines), font=font, fill=colour("ink"), spacing=font.size * 0.06
    )
    draw.line((MARGIN, SIZE[1] - MARGIN - 52, MARGIN + TEXT_WIDTH, SIZE[1] - MARGIN - 52), fill=colour("ink"), width=2)
    draw.text((MARGIN, SIZE[1] - MARGIN), _cut(words.portal, portal), font=portal, fill=colour("ink"), anchor="ls")


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the title stands in its box, and its lines; the smallest cuts what does not."""
    for size in TITLE_SIZES:
        font = _font("name", size)
        lines = _lines(title, font)
        most = int(TITLE_BOX / (size * 1.12))
        if len(lines) <= most and all(font.getlength(line) <= TEXT_WIDTH for line in lines):
            return font, lines
    kept = [_cut(line, font) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(kept[-1] + " " + ELLIPSIS, font)
    return font, kept


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Words in lines no wider than the text's column. No-break spaces hold."""
    lines: list[str] = []
    for word in (piece for whole in text.split(" ") for piece in _pieces(whole, font)):
        if lines and font.getlength(f"{lines[-1]} {word}") <= TEXT_WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pieces(word: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """The word whole, except at the smallest size: there one that is too wide is parted, with hyphens."""
    while font.size == TITLE_SIZES[-1] and font.getlength(word) > TEXT_WIDTH:
        most = next(cut for cut in range(len(word) - 1, 0, -1) if font.getlength(word[:cut] + "-") <= TEXT_WIDTH)
        yield word[:most] + "-"
        word = word[most:]
    yield word


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The text, shortened with an ellipsis where it is wider than the column."""
    if font.getlength(text) <= TEXT_WIDTH:
        return text
    while text and font.getlength(text + ELLIPSIS) > TEXT_WIDTH:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


@cache
def _font(voice: str, size: int) -> ImageFont.FreeTypeFont:
    files = {"name": font_hanken_grotesk.HankenGroteskBold, "text": font_source_serif_pro.SourceSerifPro}
    return ImageFont.truetype(files[voice], size)
