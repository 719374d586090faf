# What the scripts that measure a real Elasticsearch begin with. Sourced, never run.

ROOT=${ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
. "$ROOT/scripts/parts/elasticsearch.sh"

# begin_measuring NAME: the environment, a workspace of that name that goes when the script ends, and an Elasticsearch:
# the one that ELASTICSEARCH_URL names, or the script's own. Other settings of the developer's reach nothing measured.
begin_measuring() {
    workspace=$(mktemp -d "/tmp/portal-$1.XXXXXX") && chmod 755 "$workspace" || return 1
    trap 'stop_servers; rm -rf "$workspace"' EXIT
    trap 'complain "Interrupted."; exit 130' INT TERM HUP
    ensure_environment dev || return 1
    compile_catalogues || return 1
    if [ -z "${ELASTICSEARCH_URL:-}" ]; then
        prepare_elasticsearch || return 1
        say "Starting Elasticsearch $ELASTICSEARCH_VERSION (about 20 s)"
        start_elasticsearch "$workspace" "$(free_port)" "$workspace/data" || return 1
    fi
    export ELASTICSEARCH_URL
    export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
    unset SEARCH_INDEX_PREFIX SENTRY_DSN
    export REDIS_URL="" EMAIL_URL=consolemail:// LOG_LEVEL=WARNING
}
