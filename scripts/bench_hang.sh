#!/usr/bin/env bash
# What a hanging Elasticsearch costs everybody else: a real one (its own, or that of ELASTICSEARCH_URL) behind a proxy
# that hangs on command.
. "$(dirname "$0")/environment.sh"
for part in packages elasticsearch; do . "scripts/parts/$part.sh"; done

workspace=$(mktemp -d /tmp/portal-bench.XXXXXX) && chmod 755 "$workspace"
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
"$PYTHON" scripts/bench_hang.py --rounds "${ROUNDS:-5}" --readers "${READERS:-50}"
