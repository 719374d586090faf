"""What a reader's browser fetches besides pages and pictures: a style sheet, one script, three fonts, all small."""

import os
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from portal.assets import bundles, first, fonts
from portal.assets.finders import recipes

LIMITS = {"css/site.css": 15_000, "js/site.js": 20_000}  # bytes, compressed
FONTS_LIMIT = 40_000  # bytes, all faces
# Letters of the three languages and Luxembourgish, quotes, dashes, and the spaces French typography needs.
NEEDED = "ABCabc0123456789äöüÄÖÜßéèêëàâçîïôùûœŒÆæÉÈÀÇ«»„“”‚‘’–—…€&@§©·×\u00a0\u202f"


@pytest.mark.parametrize("path", sorted(recipes()))
def test_what_is_built_is_found(path):
    assert Path(finders.find(path)).stat().st_size > 0


@pytest.mark.parametrize(("path", "limit"), LIMITS.items())
def test_the_style_sheet_and_the_script_stay_light(path, limit):
    assert len(brotli.compress(Path(finders.find(path)).read_bytes())) <= limit


def test_the_fonts_stay_light():
    sizes = [Path(finders.find(f"fonts/{face.name}.woff2")).stat().st_size for face in fonts.FACES]
    assert sum(sizes) <= FONTS_LIMIT, sizes


@pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.name)
def test_a_face_has_every_letter_of_the_three_languages(face):
    held = TTFont(finders.find(f"fonts/{face.name}.woff2")).getBestCmap()
    assert not [f"U+{ord(letter):04X}" for letter in NEEDED if ord(letter) not in held]


def test_every_source_is_in_a_bundle():
    bundled = {*bundles.sources(), first.SOURCE}
    left_out = {
        source
        for kind in ("css", "js")
        for source in (bundles.SOURCES / kind).rglob(f"*.{kind}")
        if source not in bundled and "admin" not in source.relative_to(bundles.SOURCES).as_posix()
    }
    assert not left_out, "list it in portal/assets/bundles.py, or it never reaches a reader"


def test_a_changed_source_is_built_anew(settings, tmp_path):
    settings.BUILT_ASSETS = tmp_path
    place = Path(finders.get_finder("portal.assets.finders.BuiltFinder").find("css/site.css"))
    place.write_text("old")
    assert place.read_text() == "old"
    newest = max(source.stat().st_mtime_ns for source in bundles.sources())
    os.utime(place, ns=(newest - 1, newest - 1))
    finders.get_finder("portal.assets.finders.BuiltFinder").find("css/site.css")
    assert "@layer" in place.read_text()


@pytest.mark.parametrize("path", ["css/site.css", "js/site.js"])
def test_what_is_built_is_compressed_too(path):
    place = Path(finders.find(path))
    assert brotli.decompress(place.with_name(f"{place.name}.br").read_bytes()) == place.read_bytes()
