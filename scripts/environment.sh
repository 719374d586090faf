# The Python environment every script works in. Sourced, never run.

set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=${VENV:-$ROOT/.venv}
cd "$ROOT" || exit 1
. "$ROOT/scripts/parts/processes.sh"

# find_python: prints a Python 3.11 or newer that can make environments.
find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    complain "The portal needs Python 3.11 or newer. Install it, or name one: make demo PYTHON=/path/to/python3"
    return 1
}

make_environment() {
    local python
    [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -m pip --version >/dev/null 2>&1 && return 0
    python=$(find_python) || return 1
    say "Creating the environment in ${VENV#"$ROOT"/} with $("$python" --version)"
    if ! "$python" -m venv --clear "$VENV"; then
        complain "Python came without its venv module's parts. On Debian: apt-get install python3-venv"
        return 1
    fi
}

# show_progress TOTAL: turns pip's output into one line a package, or a counter on a terminal.
show_progress() {
    local terminal=0
    [ -t 1 ] && terminal=1
    awk -v total="$1" -v terminal="$terminal" '
        function show(text) {
            if (terminal) printf "\r\033[K    %s", text; else print "    " text
            fflush()
        }
        $1 == "Collecting" { n++; if (terminal || n % 10 == 1) show("fetching " n " of " total ": " $2) }
        /^Installing collected/ { show("unpacking " n " packages …") }
        /^ *ERROR|^error/ { print; fflush() }
        END { if (terminal) print "" }'
}

# ensure_environment base|production|dev: creates .venv and installs the pinned packages, unless that is done.
ensure_environment() {
    local wanted=$1 file stamp mark total log
    file=requirements.txt
    [ "$wanted" = base ] || file=requirements-$wanted.txt
    make_environment || return 1
    mark="$(cksum <"$file") $("$VENV/bin/python" --version)"
    stamp=$VENV/.installed-$wanted
    if [ "$(cat "$stamp" 2>/dev/null)" != "$mark" ]; then
        total=$(grep -c '^[A-Za-z0-9].*==' "$file")
        say "Installing $total pinned packages ($file); this is the long step, and happens once"
        log=$(mktemp)
        if ! "$VENV/bin/python" -m pip install --require-hashes --no-deps --no-input --disable-pip-version-check \
            --progress-bar off -r "$file" 2>&1 | tee "$log" | show_progress "$total"; then
            complain "pip failed. Its last lines:"
            tail -n 15 "$log" >&2
            return 1
        fi
        rm -f "$log"
        printf '%s' "$mark" >"$stamp"
    fi
    PYTHON=$VENV/bin/python
}

# compile_catalogues: .po → .mo where the .mo is missing or older. Before Django starts, which reads them once.
compile_catalogues() {
    local po
    for po in locale/*/LC_MESSAGES/*.po; do
        if [ -e "$po" ] && [ ! "${po%.po}.mo" -nt "$po" ]; then
            "$PYTHON" manage.py compile_catalogues
            return
        fi
    done
}
