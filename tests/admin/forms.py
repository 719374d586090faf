"""What a browser would send for a page's form. Blocks are drawn by scripts: they are left empty here, or given."""

from typing import Any

from django.http import QueryDict
from django.test import Client
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html


def page_form(client: Client, page: Page, *, blocks: dict[str, Any] | None = None, **changes: Any) -> QueryDict:
    """The edit form of ``page`` as ``client`` gets it, with ``changes`` typed in.

    ``blocks``: field → ``streamfield([…])``; other StreamFields are sent empty.
    """
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    form = querydict_from_html(html, form_id="page-edit-form").copy()
    for field in page.specific_class._meta.get_fields():
        if isinstance(field, StreamField):
            form[f"{field.name}-count"] = "0"
    form.update(nested_form_data(blocks or {}))
    for name, value in changes.items():
        form[name.replace("__", "-")] = value
    return form
