#!/usr/bin/env bash
# A local Elasticsearch for development, in the foreground.
. "$(dirname "$0")/environment.sh"
. scripts/parts/elasticsearch.sh
port=${SEARCH_PORT:-9200}

if port_is_open "$port"; then
    complain "Something already listens on port $port. Stop it, or choose another: make search SEARCH_PORT=9201"
    exit 1
fi
PYTHON=$(find_python) && prepare_elasticsearch || exit 1
workspace=$(mktemp -d /tmp/portal-search.XXXXXX) && chmod 755 "$workspace"
tail_pid=
trap 'printf "\n"; say "Stopping Elasticsearch"; kill $tail_pid 2>/dev/null; stop_servers; rm -rf "$workspace"' EXIT
trap 'exit 0' INT TERM HUP
# The indexes of each clone are kept apart from another's.
data=$(search_cache)/data-$(printf '%s' "$ROOT" | cksum | cut -d' ' -f1)
say "Starting Elasticsearch $ELASTICSEARCH_VERSION (about 20 s)"
start_elasticsearch "$workspace" "$port" "$data" || exit 1
say "Elasticsearch $ELASTICSEARCH_VERSION answers at $ELASTICSEARCH_URL (Ctrl-C stops it)"
say "In another terminal: ELASTICSEARCH_URL=$ELASTICSEARCH_URL make demo"
tail -n 0 -F "$workspace/elasticsearch.log" 2>/dev/null &
tail_pid=$!
wait "${SERVER_PIDS[elasticsearch]}"
complain "Elasticsearch ended by itself."
exit 1
