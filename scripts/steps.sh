# Named steps whose failures are collected and told at the end. Sourced, never run.

FAILED_STEPS=()

# step NAME COMMAND…: runs it; a failure is remembered, not fatal, so that one run tells all.
step() {
    local name=$1
    shift
    say "$name"
    "$@" || { FAILED_STEPS+=("$name"); complain "    FAILED: $name"; }
}

# report_failures: says which steps failed; its status is the script's.
report_failures() {
    ((${#FAILED_STEPS[@]} == 0)) && return 0
    complain ""
    complain "Failed: $(printf '%s; ' "${FAILED_STEPS[@]}" | sed 's/; $//')"
    return 1
}

lint_steps() {
    step "Style (ruff check; make format repairs most)" "$PYTHON" -m ruff check --quiet --output-format concise .
    step "Format (ruff format; make format repairs it)" "$PYTHON" -m ruff format --check --quiet .
    step "Templates (djlint)" "$PYTHON" -m djlint --lint --quiet .
    step "Layers (import-linter)" "$VENV/bin/lint-imports" --no-logo
    step "Types (mypy)" env DJANGO_SETTINGS_MODULE=portal.settings.test "$PYTHON" -m mypy
}
