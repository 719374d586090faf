"""Production refuses to start half configured, and names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMPLETE = {
    "SECRET_KEY": "x" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
}


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """Read the production settings in a process of their own; a variable set to None is left out."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")}
    given = {name: value for name, value in {**COMPLETE, **changes}.items() if value is not None}
    code = "from django.conf import settings; settings.DEBUG; print('started')"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, **given, "DJANGO_SETTINGS_MODULE": "portal.settings.production"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_complete_settings_start() -> None:
    found = start()
    assert found.stdout.strip() == "started", found.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(pytest.param(name, None, id=f"no {name}") for name in COMPLETE),
        *(pytest.param(name, "", id=f"empty {name}") for name in COMPLETE),
        pytest.param("SECRET_KEY", "short", id="short SECRET_KEY"),
        pytest.param("SECRET_KEY", "development-only-never-used-in-production" + "x" * 20, id="default SECRET_KEY"),
    ],
)
def test_missing_or_default_setting_is_named(name: str, value: str | None) -> None:
    if value is None and (ROOT / ".env").exists():
        pytest.skip("a .env file fills in what is left out")
    found = start(**{name: value})
    assert found.returncode != 0
    assert "ImproperlyConfigured" in found.stderr
    assert name in found.stderr.strip().splitlines()[-1]
