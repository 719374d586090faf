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


def submit_for_translation(page: Page, listing: str, language: str) -> None:
    page.goto(listing)
    page.get_by_role("link", name=TITLE).first.click()
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

    submit_for_translation(editor, addresses["fr"]["news-admin"], "German")
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
