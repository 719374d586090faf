"""One task of the bench in a process of its own, with Django on the directory the environment names.

Usage: python -m bench.tasks TASK '{"argument": …}'; the answer is JSON, on the last line of the output.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

TASKS = {
    "fill": "bench.filling:write_members",
    "index": "bench.writing:build_index",
    "rebuild": "bench.writing:measure_rebuild",
    "questions": "bench.questions:questions",
    "count": "bench.questions:count_requests",
    "publish": "bench.writing:measure_publishing",
    "database": "bench.on_database:measure_database",
}


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    name, arguments = sys.argv[1], json.loads(sys.argv[2])
    sys.argv[:] = ["manage.py", "bench"]  # a command, not a web process: no courier works beside it
    import django

    django.setup()
    module, _colon, function = TASKS[name].partition(":")
    answer = getattr(importlib.import_module(module), function)(**arguments)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
