"""The drawn image for social networks."""

import io

import pytest
from PIL import Image

from identity import share
from identity.share import SIZE, TEXT_WIDTH, ShareWords, draw_share

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenmacherinnung"


def opened(words: ShareWords, **more) -> Image.Image:
    return Image.open(io.BytesIO(draw_share(words, **more)))


@pytest.mark.parametrize(
    "title",
    ["", "Ö", LONG, f"{LONG} {LONG} {LONG}", "Quatre indépendantes remportent ensemble " * 12, "a b", "<&>"],
)
def test_size_when_the_title_is_odd(title):
    image = opened(ShareWords(title, "Guide juridique · " * 9, "Kreativ Réseau"))
    assert (image.size, image.format) == (SIZE, "PNG")


def test_lines_when_the_title_is_long():
    """Nothing runs under the picture: no line is wider than the column, at any size."""
    for title in (f"{LONG} sucht Gestaltung", "Dessins et modèles : protéger l’apparence d’un produit " * 5):
        font, lines = share._fitted(title)
        assert all(font.getlength(line) <= TEXT_WIDTH for line in lines)
        assert len(lines) * font.size <= share.TITLE_BOX


def test_ink_when_a_title_is_written():
    """The words are there: taking them away changes the left side, and only that."""
    with_words, without = (opened(ShareWords(title, "", "")).convert("RGB") for title in ("Atelier", "atelier"))
    left = (0, 0, SIZE[0] - SIZE[1], SIZE[1])
    assert with_words.crop(left).tobytes() != without.crop(left).tobytes()
    right = (SIZE[0] - SIZE[1] + 2, 0, *SIZE)
    assert with_words.crop(right).tobytes() == without.crop(right).tobytes()


def test_picture_when_there_is_one():
    picture = Image.new("RGB", (400, 200), "#ff0000")
    picture.paste("#00ff00", (300, 0, 400, 200))
    image = opened(ShareWords("Atelier", "", ""), picture=picture, focus=(1.0, 0.5)).convert("RGB")
    assert image.getpixel((SIZE[0] - 5, 300)) == (0, 255, 0)
    assert image.getpixel((SIZE[0] - SIZE[1] + 20, 300)) == (255, 0, 0)
