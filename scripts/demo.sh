#!/usr/bin/env bash
# From a fresh clone to a served portal: environment, catalogues, then `manage.py demo` does the rest.
. "$(dirname "$0")/environment.sh"

packages=base
case "${DATABASE_URL:-} ${REDIS_URL:-}" in *postgres*|*redis*) packages=production ;; esac
ensure_environment $packages || exit 1
export DJANGO_SETTINGS_MODULE=portal.settings.dev
mkdir -p var/media || exit 1
compile_catalogues || exit 1
exec "$PYTHON" manage.py demo
