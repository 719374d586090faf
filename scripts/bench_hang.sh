#!/usr/bin/env bash
# What a hanging Elasticsearch costs everybody else: a real one (its own, or that of ELASTICSEARCH_URL) behind a proxy
# that hangs on command.
. "$(dirname "$0")/environment.sh"
. scripts/parts/measuring.sh

begin_measuring bench || exit 1
"$PYTHON" scripts/bench_hang.py --rounds "${ROUNDS:-5}" --readers "${READERS:-50}"
