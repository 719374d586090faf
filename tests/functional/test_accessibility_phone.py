"""axe and IBM's checker find nothing on a phone. (A file per width: the files run side by side.)"""

from collections.abc import Callable

import pytest

from tests.functional.accessibility import findings
from tests.functional.addresses import LANGUAGES

WIDTH = 375  # CSS pixels


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_engines_find_nothing_on_a_phone(addresses: dict, open_browser: Callable, language: str) -> None:
    found = findings(open_browser(width=WIDTH), addresses[language])
    assert not found, "\n".join(f"{kind} ({state}): {line}" for (kind, state), lines in found.items() for line in lines)
