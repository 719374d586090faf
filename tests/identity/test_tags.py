"""The drawings as pages get them: marks by reference, nothing a strict content security policy refuses."""

from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from identity.marks import all_marks


def render(source: str, **context) -> str:
    return Template("{% load identity_tags %}" + source).render(Context(context))


def test_sprite_when_rendered():
    root = ElementTree.fromstring(render("{% sprite %}"))
    assert [path.get("id") for path in root.iter("path")] == [f"m-{name}" for name in all_marks()]


@pytest.mark.parametrize("slugs", [["film", "music"], [], None, ["puppetry"]])
def test_references_when_a_cover_is_rendered(slugs):
    root = ElementTree.fromstring(render("{% cover name slugs %}", name='"><script>', slugs=slugs))
    uses = root.findall("use")
    assert uses
    assert {use.get("href") for use in uses} <= {f"#m-{name}" for name in all_marks()}
    assert not [element for element in root.iter() if element.get("style") or element.tag in ("style", "script")]


def test_mark_when_the_slug_comes_from_outside():
    assert 'href="#m-square"' in render("{% mark slug %}", slug='film"><script>')


def test_weight_when_a_page_of_the_directory_is_drawn():
    """24 covers stay light enough for the first view of the directory."""
    import gzip

    drawn = "".join(render("{% cover name slugs %}", name=f"Studio {n}", slugs=["film", "music"]) for n in range(24))
    assert len(gzip.compress(drawn.encode())) <= 3_000
