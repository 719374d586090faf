"""An editor writes a news page, a moderator approves it; the editor translates it, a moderator approves that too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import sign_in

TITLE, GERMAN_TITLE = "Une enseigne peinte à la main place d’Armes", "Ein handgemaltes Ladenschild an der Place d’Armes"
TEXT, GERMAN_TEXT = "Quatre jours de travail, trois couleurs.", "Vier Tage Arbeit, drei Farben."


@pytest.fixture(scope="module")
def portal_url(own_portal_url: str) -> str:
    return own_portal_url


def write_text(page: Page, text: str) -> None:
    """Into the first rich text of the body, instead of what is there."""
    field = page.locator("#panel-child-content-body-content .public-DraftEditor-content").first
    field.click()
    field.press("ControlOrMeta+a")
    page.keyboard.type(text)
    # The editor hands its text to the form a moment after the last key.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(re.escape(text)))


def choose_action(page: Page, name: str) -> None:
    """From the menu beside "Save draft"; waits for what the admin says."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".messages .success")).to_be_visible()


def write_news(page: Page, listing: str) -> None:
    page.goto(listing)
    page.get_by_role("link", name="Add child page").first.click()
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_introduction").fill("Un café de la capitale confie sa façade à une peintre en lettres.")
    page.locator("#panel-child-content-body-content").get_by_title("Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    write_text(page, TEXT)
    choose_action(page, "Submit to Moderators approval")


def approve(page: Page, title: str) -> None:
    """What the moderator finds on the first page of the admin."""
    page.goto("/admin/")
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("#id_title")).to_have_value(title)
    choose_action(page, "Approve and Publish")


def submit_for_translation(page: Page, language: str) -> None:
    """From the page's own editor, which stands open."""
    page.locator("header").get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Translate this page").click()
    page.get_by_label(language).check()
    page.get_by_role("button", name="Submit").last.click()
    expect(page.locator(".messages .success")).to_contain_text(language)


def translate(page: Page) -> None:
    """News go their own way: the translation is a page like any other, with the source's text to write over."""
    expect(page.locator("#id_title")).to_have_value(TITLE)
    page.locator("#id_title").fill(GERMAN_TITLE)
    page.locator("#id_introduction").fill("Ein Café der Hauptstadt vertraut seine Fassade einer Schriftenmalerin an.")
    write_text(page, GERMAN_TEXT)
    page.get_by_role("tab", name="Promote").click()
    page.locator("#id_slug").fill("handgemaltes-ladenschild")
    choose_action(page, "Submit to Moderators approval")


def test_news_goes_from_draft_to_two_languages(addresses: dict, open_admin: Callable, open_browser: Callable) -> None:
    visitor: Page = open_browser()
    news, neuigkeiten = addresses["fr"]["news"], addresses["de"]["news"]
    card, karte = (visitor.locator("#results [data-id]", has_text=title) for title in (TITLE, GERMAN_TITLE))
    editor: Page = open_admin()
    sign_in(editor, "editor")
    write_news(editor, addresses["fr"]["news-admin"])
    visitor.goto(news)
    expect(card).to_have_count(0)

    moderator: Page = open_admin()
    sign_in(moderator, "moderator")
    approve(moderator, TITLE)
    visitor.goto(news)
    expect(visitor.locator("#results [data-id]").first).to_contain_text(TITLE)
    card.get_by_role("link").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(visitor.get_by_text(TEXT)).to_be_visible()

    editor.goto(addresses["fr"]["news-admin"])
    editor.get_by_role("link", name=TITLE).first.click()
    submit_for_translation(editor, "German")
    visitor.goto(neuigkeiten)
    expect(visitor.locator("#results [data-id]", has_text=TITLE)).to_have_count(1)  # in French still, marked as such
    translate(editor)
    visitor.goto(neuigkeiten)
    expect(karte).to_have_count(0)

    approve(moderator, GERMAN_TITLE)
    visitor.goto(neuigkeiten)
    expect(visitor.locator("#results [data-id]").first).to_contain_text(GERMAN_TITLE)
    expect(card).to_have_count(0)
    karte.get_by_role("link").first.click()
    expect(visitor).to_have_url(re.compile("/handgemaltes-ladenschild/$"))
    expect(visitor.get_by_text(GERMAN_TEXT)).to_be_visible()
    expect(visitor.locator("html")).to_have_attribute("lang", "de")
    visitor.locator(".language-menu [hreflang=fr]").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_guide_is_translated_text_by_text_and_stays_in_step(
    addresses: dict, open_admin: Callable, open_browser: Callable
) -> None:
    title = "Ein Ratgeber, Wort für Wort übersetzt"
    visitor: Page = open_browser()
    editor: Page = open_admin()
    sign_in(editor, "editor")
    editor.goto(addresses["de"]["guide-to-translate-admin"])
    original = editor.locator("#id_title").input_value()
    submit_for_translation(editor, "German")
    translation = editor.url
    editor.get_by_role("button", name="Translate", exact=True).first.click()
    editor.locator("main li:has(textarea) textarea").first.fill(title)
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator("main li.incomplete", has_text=original)).to_have_count(0)
    # That is the moderator's.
    expect(editor.get_by_role("button", name="Publish in German")).to_have_count(0)
    visitor.goto(addresses["de"]["guides"])
    expect(visitor.locator("#results [data-id]", has_text=original)).to_have_count(1)

    moderator: Page = open_admin()
    sign_in(moderator, "moderator")
    moderator.goto(translation)
    moderator.get_by_role("button", name="Publish in German").click()
    expect(moderator.locator(".messages")).to_contain_text(title)
    visitor.goto(addresses["de"]["guides"])
    expect(visitor.locator("#results [data-id]", has_text=original)).to_have_count(0)
    visitor.locator("#results [data-id]", has_text=title).get_by_role("link").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(title)
    visitor.locator(".language-menu [hreflang=fr]").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(original)
