#!/usr/bin/env bash
# How fast the search is, at three sizes of the directory: a PostgreSQL, a Redis and an Elasticsearch of its own.
. "$(dirname "$0")/environment.sh"
for part in packages elasticsearch postgresql redis; do . "scripts/parts/$part.sh"; done

workspace=$(mktemp -d /tmp/portal-bench-search.XXXXXX) && chmod 755 "$workspace"
trap 'stop_servers; rm -rf "$workspace"' EXIT
trap 'complain "Interrupted."; exit 130' INT TERM HUP
# Two indexes of 100,000 members and a rebuild beside them want more than the 512 MB that 10,000 are served well with.
ELASTICSEARCH_HEAP=${BENCH_HEAP:-1g}
ensure_environment dev || exit 1
compile_catalogues || exit 1
prepare_elasticsearch || exit 1
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
unset SEARCH_INDEX_PREFIX SENTRY_DSN DJANGO_SETTINGS_MODULE
say "Starting Elasticsearch $ELASTICSEARCH_VERSION, PostgreSQL and Redis (about 20 s)"
start_elasticsearch "$workspace/elasticsearch" "$(free_port)" "$workspace/elasticsearch/data" || exit 1
start_postgresql "$workspace/postgresql" "$(free_port)" || exit 1
start_redis "$workspace/redis" "$(free_port)" || exit 1
export ELASTICSEARCH_URL DATABASE_URL REDIS_URL
"$PYTHON" scripts/bench_search.py --folder "$workspace" --sizes "${SIZES:-300 10000 100000}" \
    --rounds "${ROUNDS:-7}" --clients "${CLIENTS:-1 8}" ${ONLY:+--only "$ONLY"}
