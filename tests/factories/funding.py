import factory

from funding.models import FundingPage
from tests.factories.pages import PublishedPageFactory


class FundingPageFactory(PublishedPageFactory):
    """Rolling unless a deadline is given."""

    class Meta:
        model = FundingPage

    title = factory.Sequence(lambda number: f"Scheme {number:03d}")
    slug = factory.Sequence(lambda number: f"scheme-{number}")
    introduction = "What is paid for, and for whom."
    funder = "The ministry"
    applicants = factory.LazyFunction(lambda: ["freelancer"])
    deadline = None
    is_rolling = factory.LazyAttribute(lambda scheme: scheme.deadline is None)
