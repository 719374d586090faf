import factory

from directory.models import MemberPage
from tests.factories.pages import PublishedPageFactory


class MemberPageFactory(PublishedPageFactory):
    class Meta:
        model = MemberPage

    title = factory.Sequence(lambda number: f"Member {number:03d}")
    slug = factory.Sequence(lambda number: f"member-{number}")
    summary = "What we do, and for whom."
    description = "<p>A studio.</p>"
    spoken_languages = factory.LazyFunction(lambda: ["fr"])
