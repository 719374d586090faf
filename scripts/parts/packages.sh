# The programs that `make test` starts but Python does not bring. Sourced, never run.

# missing_packages: prints the Debian packages of which a program is not there, one a line.
missing_packages() {
    . "$ROOT/scripts/parts/postgresql.sh"
    . "$ROOT/scripts/parts/elasticsearch.sh"
    find_postgresql >/dev/null || echo postgresql
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || [ -n "${CHROMIUM:-}" ] || echo chromium
    command -v npm >/dev/null || echo npm
    command -v redis-server >/dev/null || echo redis-server
    { command -v msgfmt && command -v xgettext; } >/dev/null || echo gettext
    command -v setpriv >/dev/null || echo util-linux
    if ! docker_answers; then
        find_java >/dev/null || echo openjdk-21-jdk-headless
        [ -d "$(search_cache)/elasticsearch-$ELASTICSEARCH_VERSION/lib" ] || command -v mvn >/dev/null || echo maven
    fi
}

# ensure_packages: installs what is missing when it may, else says what to install and fails.
ensure_packages() {
    local missing install=()
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]} == 0)) && return 0
    if [ "$(id -u)" = 0 ]; then
        install=(env DEBIAN_FRONTEND=noninteractive)
    elif sudo -n true 2>/dev/null; then
        install=(sudo -n env DEBIAN_FRONTEND=noninteractive)
    fi
    if ((${#install[@]} > 0)) && command -v apt-get >/dev/null; then
        say "Installing ${missing[*]}"
        "${install[@]}" apt-get update -q >/dev/null
        # RUNLEVEL=1 keeps the packages' own services down: the tests start servers of their own.
        # One at a time, so that a package this Debian does not have keeps no other from being installed.
        local package
        for package in "${missing[@]}"; do
            "${install[@]}" RUNLEVEL=1 apt-get install -q -y --no-install-recommends "$package" >/dev/null
        done
        mapfile -t missing < <(missing_packages)
    fi
    ((${#missing[@]} == 0)) && return 0
    complain "The tests need these Debian packages, and this account may not install them or they are not to be had:"
    complain "    ${missing[*]}"
    complain "Install them (as root: apt-get install ${missing[*]}) and run the command again."
    return 1
}
