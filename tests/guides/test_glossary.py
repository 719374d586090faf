"""Terms of the glossary are links to their definitions where they stand first, and nowhere a link would be wrong."""

import re

import pytest

from guides.glossary import Glossary


def marked(html: str, *terms: str) -> list[tuple[str, str]]:
    """(number, text) of every link that was made; the text itself is as before."""
    result = Glossary(terms).mark(html)
    link = r'<a class="term" href="#term-(\d+)" aria-describedby="term-\1-definition">(.*?)</a>'
    assert re.sub(link, r"\2", result) == html
    return re.findall(link, result)


def test_a_term_is_marked_once_and_as_it_is_written():
    html = "<p>Licence first. A licence, two licences.</p><p>Licence again.</p>"
    assert marked(html, "licence") == [("1", "Licence")]


def test_a_term_is_found_with_an_ending_but_not_within_a_word():
    assert marked("<p>Die Werke</p>", "Werk") == [("1", "Werke")]
    assert marked("<p>Handwerk und Werkstatt, Werk-Vertrag</p>", "Werk") == []


def test_the_longer_of_two_terms_is_meant():
    assert marked("<p>An exclusive licence.</p>", "licence", "exclusive licence") == [("2", "exclusive licence")]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">the licence</a></p>',
        "<h2>The <em>licence</em></h2>",
        '<p><img alt="licence"></p>',
        "<table><caption>Licence</caption><tr><th>licence</th></tr></table>",
    ],
)
def test_links_headings_captions_and_attributes_are_left_alone(html):
    assert marked(html, "licence") == []


def test_a_term_after_a_link_is_marked():
    assert marked("<p><a>licence</a> and licence</p>", "licence") == [("1", "licence")]


def test_terms_with_signs_of_html_are_found_as_they_are_shown():
    assert marked("<p>R&amp;D &lt;now&gt;</p>", "R&D") == [("1", "R&amp;D")]


def test_an_empty_glossary_changes_nothing():
    assert marked("<p>licence</p>") == []
    assert marked("<p>licence</p>", "  ") == []


def test_pieces_share_what_was_marked_already():
    glossary = Glossary(["licence"])
    assert "term" in glossary.mark("<p>licence</p>")
    assert "term" not in glossary.mark("<p>licence</p>")
