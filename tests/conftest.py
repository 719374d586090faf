"""What all tests share: which of them run on which parts, and the browser.

`make test` runs the suite twice. TEST_RUN=plain: everything that needs no server, on SQLite with database search.
TEST_RUN=parts: everything that touches data or search, on PostgreSQL with Elasticsearch and Redis; the house rules
(architecture/) and browser journeys (functional/) are left out there unless marked `parts`.
"""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ONLY_IN_THE_PLAIN_RUN = ("architecture", "functional")

# Playwright's synchronous interface keeps an event loop running in the thread that also uses the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the current run is not about."""
    run = os.environ.get("TEST_RUN", "")
    left_out = [item for item in items if _is_left_out(item, run)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _is_left_out(item: pytest.Item, run: str) -> bool:
    if run == "plain":
        return item.get_closest_marker("elasticsearch") is not None
    if run == "parts":
        folder = item.path.relative_to(TESTS).parts[0]
        marked = item.get_closest_marker("parts") or item.get_closest_marker("elasticsearch")
        return folder in ONLY_IN_THE_PLAIN_RUN and not marked
    return False


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test of Elasticsearch without one is skipped at a desk and fails in CI, where it would hide a hole."""
    if item.get_closest_marker("elasticsearch") and not os.environ.get("ELASTICSEARCH_URL"):
        message = "ELASTICSEARCH_URL is not set; `make search` starts a server, `make test` runs all this"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of the real server; ask for it in tests marked `elasticsearch`."""
    return os.environ["ELASTICSEARCH_URL"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium, kept from calling home; without its sandbox where we are root, as it then must be."""
    executable = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), "")
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    launch = {**browser_type_launch_args, "args": arguments}
    return {**launch, "executable_path": os.environ.get("CHROMIUM", executable)} if executable else launch
