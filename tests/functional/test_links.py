"""Every link inside the site leads somewhere, and every public page is reached by links."""

import re
import urllib.error
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tests.functional.addresses import LANGUAGES

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action", "source": "src"}
# A listing's states are endless: one step from the plain listing is followed, no further.
MOST_PARAMETERS = 1
# Each profile leads to its own way back from signing in: the page is the same.
NOT_FOLLOWED = re.compile(r"^/(admin|django-admin)/|/account/logout/|/account/login/\?next=")


class Reader(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        self.addresses.append(values.get(LINKS.get(tag, "")) or "")
        self.addresses += [part.split()[0] for part in (values.get("srcset") or "").split(", ") if part.strip()]
        if tag == "meta" and values.get("property") in ("og:url", "og:image"):
            self.addresses.append(values.get("content") or "")


@dataclass
class Site:
    url: str
    came_from: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    pages: dict[str, set[str]] = field(default_factory=dict)  # address → ids
    fragments: list[tuple[str, str, str]] = field(default_factory=list)  # page, target, id
    waiting: deque[str] = field(default_factory=deque)

    def crawl(self, *starts: str) -> None:
        for start in starts:
            self._add(start, "the start")
        while self.waiting:
            self._visit(self.waiting.popleft())

    def broken_fragments(self) -> list[str]:
        return [
            f"{page} → {target}#{name}"
            for page, target, name in self.fragments
            if target in self.pages and name not in self.pages[target]
        ]

    def _add(self, path: str, source: str) -> None:
        if path not in self.came_from:
            self.came_from[path] = source
            self.waiting.append(path)

    def _visit(self, path: str) -> None:
        status, kind, landed, body = self._fetch(path)
        if status >= 400:
            self.dead.append(f"{status} {path} (from {self.came_from[path]})")
        if status != 200 or not kind.startswith("text/html"):
            return
        reader = Reader()
        reader.feed(body.decode())
        self.pages[path] = self.pages[landed] = reader.ids
        for address in filter(None, reader.addresses):
            self._follow(path, urljoin(self.url + landed, address))

    def _follow(self, page: str, url: str) -> None:
        url, fragment = urldefrag(url)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(self.url).netloc:
            return
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if NOT_FOLLOWED.search(path) or parts.query.count("=") > MOST_PARAMETERS:
            return
        if fragment:
            self.fragments.append((page, path, unquote(fragment)))
        # From a state of a listing only to things, not to further states.
        if not (parts.query and urlsplit(page).query):
            self._add(path, page)

    def _fetch(self, path: str) -> tuple[int, str, str, bytes]:
        """Status, media type, path after redirects, body (of pages only)."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self.url + path, timeout=60) as answer:
                kind = answer.headers.get("Content-Type", "")
                landed = urlsplit(answer.url)
                body = answer.read() if kind.startswith("text/html") else b""
                return answer.status, kind, landed.path + (f"?{landed.query}" if landed.query else ""), body
        except urllib.error.HTTPError as error:
            return error.code, "", path, b""


def test_every_link_inside_the_site_leads_somewhere(portal_url: str) -> None:
    site = Site(portal_url)
    site.crawl(*(f"/{language}/" for language in LANGUAGES))
    assert len(site.pages) > 400, "The crawl stopped early"
    assert not site.dead, "\n".join(site.dead)
    assert not site.broken_fragments(), "\n".join(site.broken_fragments()[:50])
    unreached = [path for path in sitemap(portal_url) if path not in site.came_from]
    assert not unreached, "In the sitemap, but no link leads there:\n" + "\n".join(unreached[:50])


def sitemap(portal_url: str) -> list[str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{portal_url}/sitemap.xml", timeout=60) as answer:
        found = re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())
    assert found
    return [urlsplit(address).path for address in found]
