#!/usr/bin/env bash
# Rewrite Python files in the house style. Templates are only checked (make lint): a formatter would move the
# spaces inside translated sentences.
. "$(dirname "$0")/environment.sh"
ensure_environment dev || exit 1
"$PYTHON" -m ruff check --fix-only --quiet .
exec "$PYTHON" -m ruff format .
