"""What is uploaded is checked for what it is, not for what it is called."""

import io
import os
import secrets
import struct
import zipfile
import zlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

# Longest side in pixels that is kept: enough for a wide screen at double density.
MAX_IMAGE_SIDE = 3200
SAVE_OPTIONS = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88},
    "AVIF": {"quality": 75},
}
# Phones write JPEGs with a second, smaller picture inside under this name.
SAME_AS = {"MPO": "JPEG"}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
# Colour profiles of screens take some kilobytes; those of printing presses half a megabyte.
MAX_PROFILE_SIZE = 64 * 1024
# What Pillow raises on files that are damaged, cut off, or not pictures at all.
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    zlib.error,
)
# What a file of each kind starts with, or which member a zipped office document must have.
SIGNATURES = {"pdf": b"%PDF-"}
OFFICE_MEMBERS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
MACROS = "vbaproject.bin"
TEXT_KINDS = {"csv", "txt"}
CONTROL_CHARACTERS = set(range(32)) - set(b"\t\n\f\r")


class CleanImage(ContentFile):
    """A picture that went through ``clean_image``: nothing in it but what is to be seen."""


def mean_colour(picture: File) -> str:
    """The mean of a picture's colours as "#rrggbb"; of a transparent one, of what is to be seen on white."""
    picture.seek(0)
    with Image.open(picture) as opened:
        small = opened.convert("RGBA").resize((16, 16), Image.Resampling.BOX)
    picture.seek(0)
    ground = Image.new("RGBA", small.size, "white")
    mean = Image.alpha_composite(ground, small).convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return "#" + bytes(mean).hex()


def clean_image(upload: File, name: str) -> CleanImage:
    """The picture alone: turned upright, at most 3200 pixels, without position, camera or any other metadata.

    Of an animation the first frame stays. Raises ``ValidationError`` when Pillow cannot read the file, or when it
    has more pixels than ``WAGTAILIMAGES_MAX_IMAGE_PIXELS``.
    """
    upload.seek(0)
    try:
        with Image.open(upload) as opened:
            if opened.width * opened.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise ValidationError(_("This image has too many pixels."), code="too_many_pixels")
            kind = SAME_AS.get(opened.format, opened.format)
            kind = kind if kind in SAVE_OPTIONS else "PNG"
            picture = _in_screen_colours(ImageOps.exif_transpose(opened), kind)
            picture.thumbnail((MAX_IMAGE_SIDE, MAX_IMAGE_SIDE), Image.Resampling.LANCZOS)
            content = _encode(picture, kind)
    except UNREADABLE as error:
        raise ValidationError(_("This file is not an image we can read."), code="unreadable") from error
    return CleanImage(content, name=f"{_stem(name)}.{EXTENSIONS[kind]}")


def _in_screen_colours(picture: Image.Image, kind: str) -> Image.Image:
    """Grey, RGB or RGBA with 8 bits a channel: what browsers show alike. A JPEG has no transparency."""
    profile = picture.info.get("icc_profile")
    if picture.mode in ("I", "I;16", "I;16L", "I;16B", "F"):
        # 16 bits to 8: Pillow's own conversion cuts off all that is brighter than 255.
        highest = picture.getextrema()[1]
        scale = 255 / (65535 if highest > 255 else 255)
        return picture.convert("F").point(lambda value: value * scale).convert("L")
    if picture.mode == "CMYK":
        return _from_print(picture, profile)
    transparent = picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info
    mode = "RGBA" if transparent and kind != "JPEG" else "L" if picture.mode in ("1", "L", "LA") else "RGB"
    converted = picture if picture.mode == mode else picture.convert(mode)
    if profile:
        converted.info["icc_profile"] = profile
    return converted


def _from_print(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """CMYK by its own profile where it has a usable one: without, printing colours look garish on a screen."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            pass  # a damaged profile: the plain conversion below is better than no picture
    return picture.convert("RGB")


def _encode(picture: Image.Image, kind: str) -> bytes:
    """A new file from the pixels alone; the colour profile stays where it fits the pixels."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture, (0, 0))
    profile = picture.info.get("icc_profile") or b""
    keeps = picture.mode in ("RGB", "RGBA") and 0 < len(profile) <= MAX_PROFILE_SIZE
    out = io.BytesIO()
    bare.save(out, format=kind, **SAVE_OPTIONS[kind], **({"icc_profile": profile} if keeps else {}))
    return out.getvalue()


def check_document(upload: File, name: str) -> None:
    """Raises ``ValidationError`` when the file is too large, of a kind not allowed, or not what its name says."""
    kind = os.path.splitext(name)[1].lower().lstrip(".")
    if kind not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(_("Files of this kind cannot be uploaded."), code="kind")
    if upload.size > settings.DOCUMENT_MAX_UPLOAD_SIZE:
        limit = filesizeformat(settings.DOCUMENT_MAX_UPLOAD_SIZE)
        raise ValidationError(_("This file is too large: %(limit)s at most.") % {"limit": limit}, code="size")
    upload.seek(0)
    if not _is_kind(upload, kind):
        raise ValidationError(_("The content of this file is not what its name says."), code="content")
    upload.seek(0)


def document_path(filename: str) -> str:
    stem, extension = os.path.splitext(filename)
    return f"documents/{_stem(stem)}-{secrets.token_hex(6)}{extension.lower()}"


def _stem(name: str) -> str:
    return slugify(os.path.splitext(os.path.basename(name))[0])[:60] or "file"


def _is_kind(upload: File, kind: str) -> bool:
    if kind in TEXT_KINDS:
        # Spreadsheets still write cp1252; what tells text from the rest is that it has no control characters.
        return not CONTROL_CHARACTERS & set(upload.read())
    if kind in OFFICE_MEMBERS or kind == "zip":
        return _is_archive(upload, kind)
    return upload.read(1024).lstrip().startswith(SIGNATURES[kind])


def _is_archive(upload: File, kind: str) -> bool:
    """A zip file; as an office document with its main part and without macros."""
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error):
        return False
    if kind == "zip":
        return True
    return OFFICE_MEMBERS[kind] in names and not any(name.lower().endswith(MACROS) for name in names)
