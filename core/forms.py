"""The admin's forms for uploads: what is wrong with a file stands beside the field, and nothing unclean is stored."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core import uploads


class CheckedImageField(WagtailImageField):
    """Wagtail's own field looks at a picture's size only, and fails with its own error where a file is cut off."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except uploads.UNREADABLE as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class ImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = CheckedImageField(
                label=given.label, required=given.required, widget=given.widget, max_length=given.max_length
            )

    def clean_file(self) -> Any:
        """The re-encoded picture instead of the upload; an image's own file where no new one was chosen."""
        file = self.cleaned_data["file"]
        return uploads.clean_image(file, file.name or "") if isinstance(file, UploadedFile) else file

    def save(self, commit: bool = True) -> Any:
        # In one transaction: renditions are made on commit, after those of a replaced file were thrown away.
        with transaction.atomic():
            return super().save(commit=commit)


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            uploads.check_document(file, file.name or "")
        return file
