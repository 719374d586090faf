"""Uploads are checked for what they are, and pictures are stored without what cameras write into them."""

import io
import zipfile

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from core import uploads

COLOURS = {"RGB": (200, 10, 10), "RGBA": (1, 2, 3, 100), "CMYK": (10, 200, 30, 20), "LA": (90, 255)}


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (900, 600), **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, COLOURS.get(mode, 1)).save(out, kind, **options)
    return out.getvalue()


def clean(content: bytes, name: str = "picture.jpg") -> Image.Image:
    cleaned = uploads.clean_image(ContentFile(content), name)
    opened = Image.open(cleaned)
    opened.load()
    return opened


def camera_data() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (49.0, 36.0, 0.0), 3: "E", 4: (6.0, 7.0, 0.0)})
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_position_and_camera_go_and_the_picture_stands_upright(kind: str) -> None:
    content = picture(kind, exif=camera_data())
    assert b"SecretCamera" in content
    cleaned = uploads.clean_image(ContentFile(content), "photo.jpg")
    opened = Image.open(cleaned)
    assert opened.format == kind
    assert opened.size == (600, 900)
    assert not opened.getexif()
    cleaned.seek(0)
    assert b"SecretCamera" not in cleaned.read()


def test_texts_in_a_png_go() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Secret Person")
    assert clean(picture("PNG", pnginfo=info)).info == {}


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("JPEG", "L", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "1", "L"),
        ("PNG", "P", "RGB"),
        ("WEBP", "RGBA", "RGBA"),
    ],
)
def test_every_kind_of_colour_survives(kind: str, mode: str, expected: str) -> None:
    cleaned = clean(picture(kind, mode))
    assert (cleaned.format, cleaned.mode, cleaned.size) == (kind, expected, (900, 600))


def test_sixteen_bits_keep_their_brightness() -> None:
    out = io.BytesIO()
    Image.new("I;16", (300, 200), 40_000).save(out, "PNG")
    assert clean(out.getvalue()).getpixel((5, 5)) == pytest.approx(40_000 / 65_535 * 255, abs=1)


def test_a_palette_keeps_its_transparency() -> None:
    flat = Image.new("P", (300, 200))
    flat.putpalette([value % 256 for value in range(768)])
    out = io.BytesIO()
    flat.save(out, "PNG", transparency=0)
    cleaned = clean(out.getvalue())
    assert cleaned.mode == "RGBA"
    assert cleaned.getpixel((5, 5))[3] == 0


def test_an_animation_becomes_its_first_frame() -> None:
    frames = [Image.new("RGB", (300, 200), (shade, 0, 0)) for shade in (250, 100, 0)]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=50)
    cleaned = clean(out.getvalue())
    assert getattr(cleaned, "n_frames", 1) == 1
    assert cleaned.getpixel((5, 5))[0] > 200


def test_large_pictures_are_made_smaller() -> None:
    assert clean(picture(size=(5000, 2500))).size == (3200, 1600)


def test_a_bomb_is_refused(settings: LazySettings) -> None:
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000_000
    with pytest.raises(ValidationError, match=r"."):
        clean(picture("PNG", "1", size=(2000, 1000)))


@pytest.mark.parametrize("content", [b"", b"a text", b"\x89PNG\r\n\x1a\n broken", picture()[:400], b"<svg/>"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        clean(content)


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.DOCX", archive("word/document.xml")),
        ("a.xlsx", archive("xl/workbook.xml")),
        ("a.odt", archive("content.xml")),
        ("a.zip", archive("anything")),
        ("a.csv", "Élan;ß\r\n".encode()),
        ("a.csv", "Élan;ß\r\n".encode("cp1252")),
    ],
)
def test_documents_of_the_kind_they_say_pass(name: str, content: bytes) -> None:
    uploads.check_document(ContentFile(content), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"%PDF-1.7\n"),
        ("a.docx", archive("xl/workbook.xml")),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("a.pdf", b"<html>"),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.html", b"<html>"),
        ("a.exe", b"MZ"),
        ("a", b"%PDF-1.7"),
        ("a.zip", b"PK but no archive"),
    ],
)
def test_documents_of_another_kind_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        uploads.check_document(ContentFile(content), name)


def test_documents_too_large_are_refused(settings: LazySettings) -> None:
    settings.DOCUMENT_MAX_UPLOAD_SIZE = 10
    with pytest.raises(ValidationError, match="10"):
        uploads.check_document(ContentFile(b"%PDF-1.7 and more"), "a.pdf")


def test_stored_names_tell_nothing_and_cannot_be_guessed() -> None:
    first, second = uploads.document_path("../../C:\\Users\\Mara\\Offre.PDF"), uploads.document_path("Offre.pdf")
    assert first.startswith("documents/") and first.endswith(".pdf") and ".." not in first
    assert first.rsplit("-", 1)[1] != second.rsplit("-", 1)[1]
