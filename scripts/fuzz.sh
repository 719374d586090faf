#!/usr/bin/env bash
# N odd addresses (50,000) to all listings, on each engine: SQLite, PostgreSQL, Elasticsearch. The servers are its own.
. "$(dirname "$0")/environment.sh"
for part in packages elasticsearch postgresql; do . "scripts/parts/$part.sh"; done
. scripts/steps.sh

workspace=$(mktemp -d /tmp/portal-fuzz.XXXXXX) && chmod 755 "$workspace"
trap 'stop_servers; rm -rf "$workspace"' EXIT
trap 'complain "Interrupted."; exit 130' INT TERM HUP
unset DJANGO_SETTINGS_MODULE SENTRY_DSN SEARCH_INDEX_PREFIX
export ELASTICSEARCH_URL="" REDIS_URL="" SECRET_KEY="" EMAIL_URL=consolemail:// LOG_LEVEL=WARNING
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
export FUZZ=${N:-50000} FUZZ_SEED=${SEED:-1}

ensure_packages || exit 1
ensure_environment dev || exit 1
compile_catalogues || exit 1
prepare_elasticsearch || exit 1

# fuzz ENGINE: the same addresses to this engine, on the database of DATABASE_URL.
fuzz() { "$PYTHON" -m pytest tests/portal/test_fuzz.py -q -s --show-capture=no -k "$1"; }

start_postgresql "$workspace/postgresql" "$(free_port)" || exit 1
postgresql_url=$DATABASE_URL
export DATABASE_URL="sqlite:///$workspace/fuzz.sqlite3"
step "SQLite" fuzz database
export DATABASE_URL=$postgresql_url
step "PostgreSQL" fuzz database
start_elasticsearch "$workspace/elasticsearch" "$(free_port)" "$workspace/elasticsearch/data" || exit 1
export ELASTICSEARCH_URL
step "Elasticsearch" fuzz elasticsearch
stop_servers
report_failures
