# Start, watch and stop the servers that the other scripts need. Sourced, never run.
#
# A server runs in a session of its own, so that Ctrl-C reaches the script first and the script stops the server
# in order. It is told to end when the script dies, however it dies.

ROOT=${ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
# Elasticsearch and PostgreSQL refuse to run as root; then they run as this user, who owns nothing else.
UNPRIVILEGED_USER=${UNPRIVILEGED_USER:-nobody}
declare -A SERVER_PIDS=() SERVER_STOP_SIGNALS=()

say() {
    if [ -t 1 ]; then printf '\033[1m==>\033[0m %s\n' "$*"; else printf '==> %s\n' "$*"; fi
}
complain() { printf '%s\n' "$*" >&2; }

# free_port: prints a TCP port that nothing listens on at 127.0.0.1.
free_port() {
    "${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# port_is_open PORT
port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# hand_over DIRECTORY: gives a folder to the user the servers run as.
hand_over() {
    if [ "$(id -u)" = 0 ]; then chown -R "$UNPRIVILEGED_USER" "$1"; fi
}

# as_unprivileged COMMAND…: runs it, as the unprivileged user when we are root.
as_unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid "$UNPRIVILEGED_USER" --regid "$(id -g "$UNPRIVILEGED_USER")" --clear-groups "$@"
    else
        "$@"
    fi
}

# start_server NAME STOP_SIGNAL LOG COMMAND…: starts it in the background and remembers it for stop_servers.
start_server() {
    local name=$1 signal=$2 log=$3
    shift 3
    local drop=()
    if [ "$(id -u)" = 0 ]; then
        drop=(--reuid "$UNPRIVILEGED_USER" --regid "$(id -g "$UNPRIVILEGED_USER")" --clear-groups)
    fi
    setsid setpriv "${drop[@]}" --pdeathsig "$signal" "$@" >"$log" 2>&1 </dev/null &
    SERVER_PIDS[$name]=$!
    SERVER_STOP_SIGNALS[$name]=$signal
}

# wait_until NAME SECONDS LOG COMMAND…: until the command succeeds; fails, showing the log's end, when the server
# ends first or the time is up.
wait_until() {
    local name=$1 seconds=$2 log=$3 started=$SECONDS
    shift 3
    until "$@" >/dev/null 2>&1; do
        if ! kill -0 "${SERVER_PIDS[$name]}" 2>/dev/null; then
            complain "$name ended while starting. The last lines of $log:"
            tail -n 25 "$log" >&2
            return 1
        fi
        if ((SECONDS - started > seconds)); then
            complain "$name did not answer within $seconds s. The last lines of $log:"
            tail -n 25 "$log" >&2
            return 1
        fi
        sleep 0.3
    done
}

# stop_server NAME: asks it to end, waits 20 s, then insists. Harmless when it is not running.
stop_server() {
    local name=$1 pid=${SERVER_PIDS[$1]:-} tries
    [ -n "$pid" ] || return 0
    unset "SERVER_PIDS[$name]"
    # A test may have paused it; a paused process does not hear the request to end.
    kill -CONT -- "-$pid" 2>/dev/null
    kill "-${SERVER_STOP_SIGNALS[$name]}" "$pid" 2>/dev/null
    for ((tries = 0; tries < 100; tries++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.2
    done
    kill -KILL -- "-$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    return 0
}

stop_servers() {
    local name
    for name in "${!SERVER_PIDS[@]}"; do stop_server "$name"; done
}
