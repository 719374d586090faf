#!/usr/bin/env bash
# Pin every package, with hashes: requirements.txt ⊂ requirements-production.txt ⊂ requirements-dev.txt.
. "$(dirname "$0")/environment.sh"
make_environment || exit 1
uv=$VENV/bin/uv
[ -x "$uv" ] || uv=$(command -v uv) || { "$VENV/bin/python" -m pip install -q uv && uv=$VENV/bin/uv; } || exit 1

# pin OUTPUT EXTRA…: an output that exists keeps its versions unless UPGRADE=1.
pin() {
    local output=$1 extras=()
    shift
    for extra; do extras+=(--extra "$extra"); done
    "$uv" pip compile --no-config -q --universal --python-version 3.11 --generate-hashes --no-emit-find-links \
        ${UPGRADE:+--upgrade} "${extras[@]}" pyproject.toml -o "$output" && say "$output"
}

# The widest first: uv prefers the versions it finds in an output, so the narrower files start as copies of it.
pin requirements-dev.txt dev production || exit 1
cp requirements-dev.txt requirements-production.txt
pin requirements-production.txt production || exit 1
cp requirements-production.txt requirements.txt
pin requirements.txt
