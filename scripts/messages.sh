#!/usr/bin/env bash
# Bring the interface catalogues up to date with the sources. What is left to translate is named at the end.
. "$(dirname "$0")/environment.sh"
command -v xgettext >/dev/null || { complain "GNU gettext is missing: apt-get install gettext"; exit 1; }
ensure_environment dev || exit 1
exec "$PYTHON" scripts/catalogues.py update .
