"""The judged questions on the demo, asked of the real server: no worse than recorded. `make relevance` has the goal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.seeded import seed

ROOT = Path(__file__).parents[2]


@pytest.mark.elasticsearch
def test_search_finds_no_worse_than_recorded(
    elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str
):
    """In a process of its own: it has the demo's database. That it may load the demo itself makes it slow once."""
    base = tmp_path_factory.getbasetemp()
    portal = seed((base if worker_id == "master" else base.parent) / "portal")
    done = subprocess.run(
        [sys.executable, "scripts/relevance.py", "--engines", "elasticsearch", "--worst", "30", "--no-worse"],
        cwd=ROOT,
        env={**os.environ, "FUNCTIONAL_SEED": str(portal.folder), "ELASTICSEARCH_URL": elasticsearch_url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
