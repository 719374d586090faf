#!/usr/bin/env bash
# Everything that must hold before a change is taken: lint, checks, and the tests twice: on SQLite with database
# search, then on PostgreSQL with Elasticsearch and Redis. The servers are real, its own, and stopped at the end.
. "$(dirname "$0")/environment.sh"
for part in packages elasticsearch postgresql redis npm; do . "scripts/parts/$part.sh"; done
. scripts/steps.sh

# One of its three parts alone, while working on it: make test ONLY=parts (or checks, or plain).
ONLY=${ONLY:-checks plain parts}
WORKERS=${WORKERS:-2}
started=$SECONDS
workspace=$(mktemp -d /tmp/portal-test.XXXXXX) && chmod 755 "$workspace"
trap 'stop_servers; rm -rf "$workspace"' EXIT
trap 'complain "Interrupted."; exit 130' INT TERM HUP
# The developer's own settings, from the environment or .env, must not reach the tests; what is set is not read there.
unset DJANGO_SETTINGS_MODULE SENTRY_DSN SEARCH_INDEX_PREFIX
export ELASTICSEARCH_URL="" REDIS_URL="" SECRET_KEY="" ALLOWED_HOSTS="" EMAIL_URL=consolemail:// LOG_LEVEL=WARNING
export BASE_URL=http://127.0.0.1:8000 TASKS_BACKEND=django_tasks.backends.immediate.ImmediateBackend
export DATABASE_URL="sqlite:///$workspace/plain.sqlite3"
# The demo is loaded once: for the browser journeys of the first run and the relevance of search in the second.
export FUNCTIONAL_SEED=${FUNCTIONAL_SEED:-$workspace/seeded}
# A proxy has no business between a test and a server on this machine.
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost

wants() { case " $ONLY " in *" $1 "*) true ;; *) false ;; esac; }

check_deploy() {
    # PostgreSQL is named but not asked. A warning is a failure.
    env DJANGO_SETTINGS_MODULE=portal.settings.production ALLOWED_HOSTS=portal.example \
        "SECRET_KEY=$("$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        EMAIL_URL=smtp+tls://user:password@mail.example:587 DATABASE_URL=postgres://portal@127.0.0.1:1/portal \
        "$PYTHON" manage.py check --deploy --fail-level WARNING
}

# run_tests RUN PYTEST_ARGUMENTS…: one run of the suite; its results go to $workspace/RUN*.xml. 5: nothing selected.
run_tests() {
    local run=$1 status
    shift
    # What tests leave in temporary folders (uploads, browser profiles) goes with the workspace.
    mkdir -p "$workspace/tmp"
    TMPDIR=$workspace/tmp "$PYTHON" -m pytest "--junit-xml=$workspace/$run.xml" "$@"
    status=$?
    [ $status = 5 ] && return 0
    return $status
}

# run_both RUN: what may share the servers, side by side; then, one after the other, what needs them to itself.
run_both() {
    local status=0
    run_tests "$1" -n "$WORKERS" --dist loadfile -m "not alone" || status=1
    run_tests "$1-alone" -m alone || status=1
    return $status
}

run_plain() {
    export TEST_RUN=plain
    run_both plain
}

run_parts() {
    export TEST_RUN=parts DATABASE_URL ELASTICSEARCH_URL REDIS_URL
    ELASTICSEARCH_PID=${SERVER_PIDS[elasticsearch]}
    export ELASTICSEARCH_PID
    run_both parts
}

start_parts() {
    start_postgresql "$workspace/postgresql" "$(free_port)" || return 1
    start_redis "$workspace/redis" "$(free_port)" || return 1
    await_elasticsearch "$workspace/elasticsearch" "$search_port"
}

ensure_packages || exit 1
ensure_environment dev || exit 1
compile_catalogues || exit 1
# IBM's accessibility checker, which browsers are asked to run on every page.
if wants plain; then ensure_npm || exit 1; fi
if wants parts; then
    prepare_elasticsearch || exit 1
    # It takes 20 s to start, so it starts while the first steps run.
    search_port=$(free_port)
    launch_elasticsearch "$workspace/elasticsearch" "$search_port" "$workspace/elasticsearch/data" || exit 1
fi

if wants checks; then
    lint_steps
    step "Missing migrations" env DJANGO_SETTINGS_MODULE=portal.settings.test \
        "$PYTHON" manage.py makemigrations --check --dry-run
    step "check --deploy under production settings" check_deploy
fi
if wants plain; then
    step "Tests on SQLite with database search" run_plain
fi
if wants parts; then
    if start_parts; then
        step "Tests on PostgreSQL with Elasticsearch and Redis" run_parts
    else
        FAILED_STEPS+=("Starting PostgreSQL, Redis and Elasticsearch")
    fi
fi
stop_servers

report_failures
failed=$?
# The last line, in pytest's own form, adds the runs up; a failed step that is no test counts as an error there.
"$PYTHON" scripts/test_summary.py $((SECONDS - started)) ${#FAILED_STEPS[@]} "$workspace"/*.xml || failed=1
exit $failed
