"""Images and documents as the admin uploads them and as the public gets them: real requests."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from core import renditions
from core.models import CustomDocument, CustomImage
from tests.core.test_uploads import camera_data, picture
from tests.factories.accounts import UserFactory
from tests.factories.core import DocumentFactory, ImageFactory

pytestmark = pytest.mark.django_db
SPECS = {spec for specs in renditions.ROLES.values() for spec in specs}
NO_FOCUS = {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}


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
    assert image.renditions.filter(filter_spec__startswith="fill-480").count() == 1


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
