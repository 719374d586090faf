# Programs that come from npm: Lighthouse and IBM's accessibility checker. Sourced, never run.

NPM_FOLDER=$ROOT/scripts/npm

# ensure_npm: installs what scripts/npm/package-lock.json names, unless that is done.
ensure_npm() {
    local mark stamp=$NPM_FOLDER/node_modules/.installed
    if ! command -v npm >/dev/null; then
        complain "This needs Node.js 18 or newer with npm. On Debian: apt-get install npm"
        return 1
    fi
    mark=$(cksum <"$NPM_FOLDER/package-lock.json")
    [ "$(cat "$stamp" 2>/dev/null)" = "$mark" ] && return 0
    say "Installing what comes from npm (scripts/npm); this happens once"
    (cd "$NPM_FOLDER" && npm ci --no-progress --loglevel=error) >/dev/null || return 1
    printf '%s' "$mark" >"$stamp"
}
