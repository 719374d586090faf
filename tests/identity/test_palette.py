import re
from pathlib import Path

import pytest
from django.conf import settings

from identity.palette import HUES, INK, PAPER, SIGNAL, SUNKEN
from tests.identity.colours import SIGHTS, closest, contrast

SCHEMES = ("light", "dark")
LEAST_DISTANCE = {"light": 0.069, "dark": 0.087}


def tokens() -> dict[str, tuple[str, str]]:
    text = Path(settings.BASE_DIR, "portal/static/css/tokens.css").read_text()
    found = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    return {name: (light, dark) for name, light, dark in found}


def test_palette_when_compared_with_the_style_sheet():
    given = tokens()
    named = {"paper": PAPER, "paper-sunken": SUNKEN, "ink": INK, "signal": SIGNAL}
    expected = named | {f"subsector-{slug}": shade for slug, shade in HUES.items()}
    assert {name: given[name] for name in expected} == {name: tuple(shade) for name, shade in expected.items()}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_contrast_when_a_subsector_stands_on_paper(scheme):
    paper = getattr(PAPER, scheme)
    for slug, shade in {**HUES, "ink": INK, "signal": SIGNAL}.items():
        assert contrast(getattr(shade, scheme), paper) >= 4.5, slug


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_distance_when_seen_with_colour_vision_deficiency(scheme, sight):
    distance, one, other = closest({slug: getattr(shade, scheme) for slug, shade in HUES.items()}, sight)
    assert distance >= LEAST_DISTANCE[scheme], f"{one} and {other} look alike ({distance:.3f}) with {sight}"
