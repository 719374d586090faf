"""Reading the HTML of an answer: elements with their attributes and text, no more than the tests need."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from wagtail.models import Page

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""  # of everything inside it
    ancestors: list["Element"] = field(default_factory=list, repr=False)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()

    def is_inside(self, tag: str) -> bool:
        return any(ancestor.tag == tag for ancestor in self.ancestors)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, ancestors=list(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, ancestors=list(self.open)))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def elements(response: HttpResponse, tag: str = "", **attributes: str | bool) -> list[Element]:
    """All elements of a tag whose attributes are as given (True: present). Underscores stand for hyphens."""
    reader = _Reader()
    reader.feed(response.content.decode())
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [
        element
        for element in reader.elements
        if (not tag or element.tag == tag)
        and all(
            name in element.attributes if value is True else element.get(name) == value
            for name, value in wanted.items()
        )
    ]


def only(response: HttpResponse, tag: str = "", **attributes: str | bool) -> Element:
    """The one such element; an AssertionError where there is none or more than one."""
    found = elements(response, tag, **attributes)
    assert len(found) == 1, f"{len(found)} <{tag}> with {attributes}"
    return found[0]


def total(response: HttpResponse) -> int:
    """How many things a listing says it found."""
    return int(only(response, data_total=True).get("data-total"))


def card_keys(response: HttpResponse) -> list[str]:
    """The things on a page of a listing, in their order: their translation keys, which it shows shortened."""
    keys = {str(key)[:8]: str(key) for key in Page.objects.values_list("translation_key", flat=True)}
    return [keys[element.get("data-id")] for element in elements(response, data_id=True)]


def facet_counts(response: HttpResponse, facet: str) -> dict[str, int]:
    return {box.get("value"): int(box.get("data-count")) for box in elements(response, name=facet, data_count=True)}
