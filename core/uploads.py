"""What is uploaded is checked for what it is, not for what it is called."""

import io
import os
import secrets
import zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

# Longest side in pixels that is kept: enough for a wide screen at double density.
MAX_IMAGE_SIDE = 3200
SAVE_OPTIONS = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88},
    "AVIF": {"quality": 75},
}
# What a file of each kind starts with, or which member a zipped office document must have.
SIGNATURES = {"pdf": b"%PDF-", "zip": b"PK"}
OFFICE_MEMBERS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
TEXT_KINDS = {"csv", "txt"}


def clean_image(upload: File, name: str) -> ContentFile:
    """The picture alone: turned upright, at most 3200 pixels, without position, camera or any other metadata.

    Raises ``ValidationError`` when Pillow cannot read it.
    """
    upload.seek(0)
    try:
        with Image.open(upload) as opened:
            kind = opened.format if opened.format in SAVE_OPTIONS else "PNG"
            profile = opened.info.get("icc_profile")
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((MAX_IMAGE_SIDE, MAX_IMAGE_SIDE), Image.Resampling.LANCZOS)
            if kind == "JPEG" and picture.mode not in ("RGB", "L", "CMYK"):
                picture = picture.convert("RGB")
            clean = Image.new(picture.mode, picture.size)
            if picture.mode == "P":
                clean.putpalette(picture.getpalette("RGBA"), "RGBA")
            clean.paste(picture, (0, 0))
            if picture.mode == "P" and "transparency" in opened.info:
                clean.info["transparency"] = opened.info["transparency"]
            out = io.BytesIO()
            options = {**SAVE_OPTIONS[kind], **({"icc_profile": profile} if profile else {})}
            clean.save(out, format=kind, **options)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is not an image we can read.")) from error
    return ContentFile(out.getvalue(), name=f"{_stem(name)}.{kind.lower().replace('jpeg', 'jpg')}")


def check_document(upload: File, name: str) -> None:
    """Raises ``ValidationError`` when the file is too large, of a kind not allowed, or not what its name says."""
    kind = os.path.splitext(name)[1].lower().lstrip(".")
    if kind not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError({"file": _("Files of this kind cannot be uploaded.")})
    if upload.size > settings.DOCUMENT_MAX_UPLOAD_SIZE:
        limit = filesizeformat(settings.DOCUMENT_MAX_UPLOAD_SIZE)
        raise ValidationError({"file": _("This file is too large: %(limit)s at most.") % {"limit": limit}})
    upload.seek(0)
    if not _is_kind(upload, kind):
        raise ValidationError({"file": _("The content of this file is not what its name says.")})
    upload.seek(0)


def document_path(filename: str) -> str:
    stem, extension = os.path.splitext(filename)
    return f"documents/{_stem(stem)}-{secrets.token_hex(6)}{extension.lower()}"


def _stem(name: str) -> str:
    return slugify(os.path.splitext(os.path.basename(name))[0])[:60] or "file"


def _is_kind(upload: File, kind: str) -> bool:
    if kind in TEXT_KINDS:
        try:
            return b"\0" not in (content := upload.read()) and content.decode("utf-8-sig") is not None
        except UnicodeDecodeError:
            return False
    if kind in OFFICE_MEMBERS or kind == "zip":
        try:
            with zipfile.ZipFile(upload) as archive:
                return kind == "zip" or OFFICE_MEMBERS[kind] in archive.namelist()
        except zipfile.BadZipFile:
            return False
    return upload.read(1024).lstrip().startswith(SIGNATURES[kind])
