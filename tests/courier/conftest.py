from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="package", autouse=True)
def database_as_it_was(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Real commits end with emptied tables; what the migrations wrote comes back for whoever tests after us."""
    yield
    contents = getattr(connection, "_test_serialized_contents", "")
    if contents:
        with django_db_blocker.unblock():
            connection.creation.deserialize_db_from_string(contents)
