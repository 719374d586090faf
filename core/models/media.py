"""Images and documents. Uploads are cleaned before they are stored (core.uploads); the renditions that public
pages show are made when an image is saved, never inside a visitor's request (core.renditions)."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core import renditions, uploads


def document_upload_to(instance, filename: str) -> str:
    """A name that tells nothing about the uploader's machine and cannot be guessed."""
    return uploads.document_path(filename)


class CustomImage(AbstractImage):
    credit = models.CharField(
        _("credit"), max_length=160, blank=True, help_text=_("Who made the picture; shown beside it.")
    )

    tint = models.CharField(
        _("mean colour"), max_length=7, blank=True, editable=False
    )  # shown until the picture is there

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args, **kwargs):
        """Re-encode a new upload (position and other metadata go), store it, and make its renditions on commit.

        Raises ``ValidationError`` when the file is not an image that can be read; the admin's form has already
        said so by then, with the field's own message.
        """
        if self.file and not self.file._committed and not isinstance(self.file.file, uploads.CleanImage):
            self.file = uploads.clean_image(self.file.file, self.file.name)
            self._set_image_file_metadata()
        if self.file and not self.file._committed:
            self.tint = uploads.mean_colour(self.file.file)
        super().save(*args, **kwargs)
        transaction.on_commit(lambda: renditions.prepare.enqueue(self.pk))


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]


class CustomDocument(AbstractDocument):
    file = models.FileField(_("file"), upload_to=document_upload_to)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self):
        """Raises ``ValidationError`` when the file is too large or is not what its name says."""
        if not self.file:
            return  # refused by the form already, or missing; Wagtail would complain of an extension that is no one's
        super().clean()
        if not self.file._committed:
            uploads.check_document(self.file.file, self.file.name)
