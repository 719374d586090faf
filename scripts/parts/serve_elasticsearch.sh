#!/usr/bin/env bash
# serve_elasticsearch.sh DIRECTORY PORT: an Elasticsearch that a test may kill, until this script is ended.
# Started again with the same folder it has its indexes again.
cd "$(dirname "$0")/../.." || exit 1
. scripts/parts/processes.sh
. scripts/parts/elasticsearch.sh
directory=$1 port=$2

# A test may have taken its data away: then it never is more than red, and ready when it answers.
elasticsearch_is_ready() {
    "${PYTHON:-python3}" - "$1" <<'PYTHON'
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
opener.open(f"http://127.0.0.1:{sys.argv[1]}/_cluster/health", timeout=3).close()
PYTHON
}

trap 'stop_servers' EXIT
trap 'exit 0' INT TERM HUP
mkdir -p "$directory" && chmod 755 "$directory"
start_elasticsearch "$directory" "$port" "$directory/data" || exit 1
printf 'ready\n'
wait "${SERVER_PIDS[elasticsearch]}"
