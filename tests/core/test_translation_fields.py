"""Every field says how it behaves in translations. wagtail-localize leaves out many-to-many fields without a word."""

import pytest
from django.db.models import Field
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from core.fields import ChoicesListField
from core.models import BasePage
from news.models import NewsPage

OWN_PAGE_MODELS = [model for model in get_page_models() if issubclass(model, BasePage)]


def undeclared(model: type[Page]) -> set[str]:
    """Fields that no translation carries over, and those whose declaration must be written down to be seen."""
    known = {declared.field_name for declared in get_translatable_fields(model)}
    written = {declared.field_name for declared in model.override_translatable_fields}
    inherited = {field.name for field in Page._meta.get_fields()}
    own = [
        field
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.name not in inherited
        and not getattr(field.remote_field, "parent_link", 0)
    ]
    explicit = {
        field.name for field in own if field.many_to_many or field.choices or isinstance(field, ChoicesListField)
    }
    return {field.name for field in own} - known | explicit - written


@pytest.mark.parametrize("model", OWN_PAGE_MODELS, ids=lambda model: model.__name__)
def test_every_field_is_declared_for_translation(model: type[Page]) -> None:
    missing = undeclared(model)
    assert not missing, (
        f"{model.__name__}.override_translatable_fields: add SynchronizedField(…) for {sorted(missing)}."
    )


def test_an_undeclared_many_to_many_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NewsPage, "override_translatable_fields", [SynchronizedField("social_image")])
    assert {"topics", "subsectors"} <= undeclared(NewsPage)
