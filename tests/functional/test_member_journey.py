"""Who is signed in sees how to reach a member; nobody else does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

CONTACT = ".member__contact address a[href^='mailto:']"


@pytest.fixture(scope="module")
def portal_url(own_portal_url: str) -> str:
    return own_portal_url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("kind", ["member", "member-framed"])
def test_member_signs_in_on_a_profile_and_sees_contact_details(
    addresses: dict, open_browser: Callable, kind: str, scripts: bool
) -> None:
    page: Page = open_browser(java_script_enabled=scripts)
    profile = addresses["en"][kind]
    page.goto(profile)
    expect(page.locator(CONTACT)).to_have_count(0)
    assert "mailto:" not in page.locator("main").inner_html()
    page.locator(".member__contact").get_by_role("link", name="Sign in").click()
    page.locator("input[type=email]").fill("member@kreativ-reseau.example")
    page.locator("input[type=password]").fill("portal-demo")
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(page.url.split("/en/")[0] + profile)
    expect(page.locator(CONTACT)).to_have_count(1)
    expect(page.locator(CONTACT)).to_be_visible()
    # Not the team's: no way into the admin is offered.
    expect(page.locator(".header a[href='/admin/']")).to_have_count(0)

    page.locator(".header").get_by_role("link", name="Sign out").click()
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    page.goto(profile)
    # What the browser keeps of the page as a member saw it is not shown again.
    expect(page.locator(CONTACT)).to_have_count(0)


def test_wrong_password_is_refused_in_the_readers_language(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["de"]["sign-in"])
    page.locator("input[type=email]").fill("member@kreativ-reseau.example")
    page.locator("input[type=password]").fill("not-the-password")
    page.locator("main button[type=submit]").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("main [role=alert], main .form__errors, main .errors").first).to_be_visible()
    expect(page.locator("input[type=email]")).to_have_value("member@kreativ-reseau.example")
    expect(page.locator("input[type=password]")).to_have_value("")
