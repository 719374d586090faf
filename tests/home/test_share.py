"""The image of a page for social networks: whose it is, when it is drawn, who may fetch it."""

import io
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image
from wagtail.models import PageViewRestriction

from core.models import Subsector
from home.share import share_image, share_words
from tests.factories.directory import MemberPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def member(tree, media):
    page = MemberPageFactory(parent=tree["fr"]["directory"], title="Atelier Nord")
    film, _created = Subsector.objects.get_or_create(slug="film")
    page.subsectors.add(film)
    page.save()
    return page


def address(page) -> str:
    return reverse("share_image", args=[page.pk])


def test_words_when_a_member_is_shared(member):
    words = share_words(member)
    assert words.title == "Atelier Nord"
    assert words.kicker.startswith(member.get_parent().title + " · ")
    assert words.subsectors == ("film",)


def test_image_when_fetched(client, member):
    response = client.get(address(member))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)


def test_image_when_fetched_twice_and_when_the_page_changes(member):
    """Drawn once, kept; drawn anew when its words change, and the former one is gone."""
    with mock.patch("home.share.draw_share", wraps=share_image.__globals__["draw_share"]) as draw:
        first = share_image(member)
        assert share_image(member) == first
        assert draw.call_count == 1
        member.title = "Atelier Sud"
        assert share_image(member) != first
        assert draw.call_count == 2
    assert len(default_storage.listdir(f"share/{member.pk}")[1]) == 1


@pytest.mark.parametrize("hidden", ["draft", "restricted", "missing"])
def test_image_when_the_page_is_not_public(client, member, hidden):
    if hidden == "draft":
        member.unpublish()
    elif hidden == "restricted":
        PageViewRestriction.objects.create(page=member, restriction_type=PageViewRestriction.LOGIN)
    else:
        member.delete()
    response = client.get(reverse("share_image", args=[member.pk or 999_999]))
    assert response.status_code == 404
    assert response["Content-Type"] != "image/png"


def test_head_when_a_page_has_no_image_of_its_own(client, member):
    html = client.get(member.url).content.decode()
    assert f'property="og:image" content="http://testserver{address(member)}?v=' in html


def test_image_when_the_picture_is_broken(member):
    """A picture whose file is gone or is none: the cover is drawn, nothing fails."""
    broken = mock.Mock()
    broken.name = "broken.jpg"
    broken.open.side_effect = FileNotFoundError
    expected = share_image(member)
    with mock.patch("home.share._kept_picture", return_value=broken):
        assert share_image(member) == expected
