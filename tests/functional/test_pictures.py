"""`sizes` says how wide a picture is really shown, so that no phone fetches what only a desk shows, and none blurs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

KINDS = ("home", "directory", "news", "news-item", "events", "event", "member", "about")
WIDTHS = (320, 375, 768, 1024, 1440, 1920)
# A little less is not seen; more is fetched in vain. Logos are small in any case: their shape decides.
LEAST, MOST = 0.8, 1.35
MEASURE = """() => [...document.querySelectorAll("picture")].flatMap((picture) => {
  const source = picture.querySelector("source[sizes]"), image = picture.querySelector("img");
  const shown = image.getBoundingClientRect().width;
  if (!source || !shown || shown <= 160 && image.width === image.height) return [];
  const parts = source.sizes.split(",").map((part) => part.trim());
  const part = parts.find((part) => !part.startsWith("(") || matchMedia(part.slice(0, part.indexOf(")") + 1)).matches);
  const probe = document.createElement("div");
  probe.style.cssText = `position: absolute; width: ${part.replace(/^\\([^)]*\\)\\s*/, "")}`;
  document.body.append(probe);
  const said = probe.getBoundingClientRect().width;
  probe.remove();
  return [{where: picture.parentElement.className, shown, said, sizes: source.sizes}];
})"""


@pytest.mark.parametrize("width", WIDTHS)
def test_sizes_are_true(open_browser: Callable, addresses: dict, width: int) -> None:
    page: Page = open_browser(width=width)
    for kind in KINDS:
        page.goto(addresses["en"][kind])
        wrong = [found for found in page.evaluate(MEASURE) if not LEAST <= found["said"] / found["shown"] <= MOST]
        assert not wrong, (kind, wrong[:3])
