#!/usr/bin/env bash
# Style, templates, layers and types. Each tool's settings are in pyproject.toml.
. "$(dirname "$0")/environment.sh"
. scripts/steps.sh
ensure_environment dev || exit 1
lint_steps
report_failures
