#!/usr/bin/env bash
# How well the search finds, on a real Elasticsearch of its own (or the one that ELASTICSEARCH_URL names).
. "$(dirname "$0")/environment.sh"
. scripts/parts/measuring.sh

begin_measuring relevance || exit 1
"$PYTHON" scripts/relevance.py ${RECORD:+--record} ${ENGINES:+--engines "$ENGINES"} --worst "${WORST:-15}"
