#!/usr/bin/env bash
# serve_elasticsearch.sh DIRECTORY PORT: an Elasticsearch that a test may kill, until this script is ended.
# Started again with the same folder it has its indexes again.
cd "$(dirname "$0")/../.." || exit 1
. scripts/parts/processes.sh
. scripts/parts/elasticsearch.sh
directory=$1 port=$2
trap 'stop_servers' EXIT
trap 'exit 0' INT TERM HUP
mkdir -p "$directory" && chmod 755 "$directory"
start_elasticsearch "$directory" "$port" "$directory/data" || exit 1
printf 'ready\n'
wait "${SERVER_PIDS[elasticsearch]}"
