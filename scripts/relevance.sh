#!/usr/bin/env bash
# How well the search finds, on a real Elasticsearch of its own (or the one that ELASTICSEARCH_URL names).
. "$(dirname "$0")/environment.sh"
for part in packages elasticsearch; do . "scripts/parts/$part.sh"; done

workspace=$(mktemp -d /tmp/portal-relevance.XXXXXX) && chmod 755 "$workspace"
trap 'stop_servers; rm -rf "$workspace"' EXIT
trap 'complain "Interrupted."; exit 130' INT TERM HUP
ensure_environment dev || exit 1
compile_catalogues || exit 1
if [ -z "${ELASTICSEARCH_URL:-}" ]; then
    prepare_elasticsearch || exit 1
    say "Starting Elasticsearch $ELASTICSEARCH_VERSION (about 20 s)"
    start_elasticsearch "$workspace" "$(free_port)" "$workspace/data" || exit 1
fi
export ELASTICSEARCH_URL
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
unset SEARCH_INDEX_PREFIX SENTRY_DSN
export REDIS_URL="" EMAIL_URL=consolemail:// LOG_LEVEL=WARNING
"$PYTHON" scripts/relevance.py ${RECORD:+--record} ${ENGINES:+--engines "$ENGINES"} --worst "${WORST:-15}"
