"""Images and documents as the admin uploads them and as the public gets them: real requests."""

import io
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client
from PIL import Image

from core import renditions
from core.models import CustomDocument, CustomImage
from core.uploads import mean_colour
from tests.core.test_uploads import camera_data, picture
from tests.factories.accounts import UserFactory
from tests.factories.core import DocumentFactory, ImageFactory

pytestmark = pytest.mark.django_db
ALL = {spec for specs in renditions.ROLES.values() for spec in specs}
SPECS = ALL - set(renditions.SLOW)
NO_FOCUS = {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}


@pytest.fixture(autouse=True)
def no_remembered_renditions() -> None:
    """Wagtail keeps them in the cache by the image's number, which the next test's image has too."""
    cache.clear()


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UserFactory(group="Editors"))
    return client


def upload_image(client: Client, name: str, content: bytes):
    file = SimpleUploadedFile(name, content, "image/jpeg")
    return client.post("/admin/images/add/", {"title": name, "file": file, "collection": 1})


def test_a_photo_is_stored_without_its_position(editor: Client) -> None:
    assert upload_image(editor, "IMG 0001.jpg", picture(exif=camera_data())).status_code == 302
    image = CustomImage.objects.get()
    assert (image.width, image.height) == (600, 900)
    assert image.file_size == image.file.size
    with Image.open(image.file.path) as stored:
        assert not stored.getexif()
    assert b"SecretCamera" not in Path(image.file.path).read_bytes()


REFUSED = [
    ("text.jpg", b"a text"),
    ("cut-off.jpg", picture(size=(2000, 1500))[:9000]),
    ("really-a-png.jpg", picture("PNG")),
    ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ("empty.jpg", b""),
    ("large.jpg", picture() + b"\0" * 13_000_000),
    ("bomb.png", picture("PNG", "1", size=(12_000, 9_000))),
]


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(("name", "content"), REFUSED, ids=[name for name, _content in REFUSED])
def test_what_is_no_good_picture_is_refused_beside_the_field(editor: Client, name: str, content: bytes) -> None:
    response = upload_image(editor, name, content)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    several = editor.post(
        "/admin/images/multiple/add/",
        {"title": name, "files[]": SimpleUploadedFile(name, content), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert several.status_code == 200
    assert several.json()["success"] is False
    assert not CustomImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("really-a-pdf.docx", b"%PDF-1.7"),
        ("page.html", b"<html>"),
        ("large.pdf", b"%PDF-1.7" + b"x" * 26 * 1024 * 1024),
    ],
    ids=["pdf-as-docx", "html", "large"],
)
def test_what_is_no_good_document_is_refused_beside_the_field(editor: Client, name: str, content: bytes) -> None:
    file = SimpleUploadedFile(name, content)
    response = editor.post("/admin/documents/add/", {"title": name, "file": file, "collection": 1})
    assert response.status_code == 200
    assert len(response.context["form"].errors["file"]) == 1
    several = editor.post(
        "/admin/documents/multiple/add/",
        {"title": name, "files[]": SimpleUploadedFile(name, content), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert several.json()["success"] is False
    assert not CustomDocument.objects.exists()


def test_a_document_is_served_as_attachment_in_a_sandbox() -> None:
    document = DocumentFactory()
    response = Client().get(document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "Content-Encoding" not in response.headers


def test_new_focal_point_makes_new_crops_and_removes_the_old(
    editor: Client, django_capture_on_commit_callbacks
) -> None:
    image = ImageFactory()
    before = {rendition.filter_spec: rendition for rendition in image.renditions.all()}
    assert set(before) == SPECS
    focus = {"focal_point_x": 100, "focal_point_y": 100, "focal_point_width": 50, "focal_point_height": 50}
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(f"/admin/images/{image.pk}/", {"title": "Focus", "collection": 1, "tags": "", **focus})
    assert response.status_code == 302
    after = {rendition.filter_spec: rendition for rendition in image.renditions.filter(filter_spec__in=SPECS)}
    assert set(after) == SPECS
    for spec in renditions.ROLES["card"]:
        assert after[spec].focal_point_key != before[spec].focal_point_key
        assert not Path(before[spec].file.path).exists()
        assert Path(after[spec].file.path).exists()
    assert image.renditions.filter(filter_spec="fill-480x320|format-jpeg").count() == 1


def test_a_replaced_file_goes_with_its_crops(editor: Client, django_capture_on_commit_callbacks) -> None:
    image = ImageFactory()
    old = [Path(image.file.path), *(Path(rendition.file.path) for rendition in image.renditions.all())]
    file = SimpleUploadedFile("other.jpg", picture(size=(1000, 500)), "image/jpeg")
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(
            f"/admin/images/{image.pk}/", {"title": "New", "collection": 1, "tags": "", "file": file, **NO_FOCUS}
        )
    image.refresh_from_db()
    assert image.width == 1000
    assert not any(path.exists() for path in old)
    assert {rendition.filter_spec for rendition in image.renditions.all()} >= SPECS


def specs_of(image: CustomImage) -> set[str]:
    return {rendition.filter_spec for rendition in CustomImage.objects.get(pk=image.pk).renditions.all()}


def test_the_schedule_makes_what_takes_long_once() -> None:
    image = ImageFactory()
    assert not specs_of(image) & set(renditions.SLOW)
    assert "avif" not in (renditions.source(image, "lead").avif or "")
    call_command("complete_images", verbosity=0)
    assert specs_of(image) >= ALL
    source = renditions.source(CustomImage.objects.get(pk=image.pk), "lead")
    assert source.avif.endswith("w") and source.webp.endswith("w") and source.src.endswith(".jpg")
    assert renditions.complete() == 0


def test_an_image_from_before_a_change_of_sizes_gets_the_new_ones() -> None:
    image = ImageFactory()
    image.renditions.all().delete()
    assert renditions.source(CustomImage.objects.get(pk=image.pk), "card") is None
    assert renditions.complete() == 1
    assert renditions.source(CustomImage.objects.get(pk=image.pk), "card")


def test_an_image_without_its_file_keeps_no_other_waiting() -> None:
    there, gone = ImageFactory(), ImageFactory()
    Path(gone.file.path).unlink()
    gone.renditions.all().delete()
    assert renditions.complete() == 1
    assert specs_of(there) >= ALL
    assert list(renditions.lacking()) == []


def test_a_picture_is_offered_in_three_formats_with_its_mean_colour() -> None:
    image = ImageFactory()
    renditions.complete()
    image = CustomImage.objects.get(pk=image.pk)
    html = Template("{% load portal_tags %}{% responsive_image image 'lead' alt='A picture' %}").render(
        Context({"image": image})
    )
    types = re.findall(r'<source type="image/(\w+)"', html)
    assert types == ["avif", "webp"]
    assert re.search(r'<img src="[^"]+\.jpg" width="\d+" height="\d+" alt="A picture" data-tint="#[0-9a-f]{6}"', html)


def test_the_mean_colour_is_that_of_the_picture() -> None:
    drawn = Image.new("RGBA", (40, 40), (255, 0, 0, 255))
    drawn.paste((0, 0, 0, 0), (0, 0, 20, 40))  # half transparent: white is seen through it
    content = io.BytesIO()
    drawn.save(content, "PNG")
    assert mean_colour(ContentFile(content.getvalue())) == "#ff8080"
