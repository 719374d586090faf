from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

PASSWORD = "a-pass-phrase-of-tests"


class UserFactory(factory.django.DjangoModelFactory):
    """Signs in with PASSWORD unless ``password`` says otherwise. ``group``: the name of one, or None."""

    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda number: f"user{number}@example.test")
    password = PASSWORD
    group = None

    @classmethod
    def _create(cls, model_class: type, *args: Any, **fields: Any) -> Any:
        group, password = fields.pop("group"), fields.pop("password")
        create = model_class.objects.create_superuser if fields.get("is_superuser") else model_class.objects.create_user
        user = create(password=password, **fields)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return user
