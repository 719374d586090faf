# A throw-away PostgreSQL cluster on the loopback interface. Sourced, never run.

# find_postgresql: prints the folder of the newest server's programs.
find_postgresql() {
    local folder
    folder=$(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -x "$folder/initdb" ] || folder=$(dirname "$(command -v initdb 2>/dev/null)")
    [ -x "$folder/initdb" ] && printf '%s\n' "$folder"
}

# start_postgresql DIRECTORY PORT: sets DATABASE_URL. Nothing in it is worth keeping, so it never syncs to disk.
start_postgresql() {
    local directory=$1 port=$2 programs
    programs=$(find_postgresql) || { complain "PostgreSQL's server is missing: apt-get install postgresql"; return 1; }
    mkdir -p "$directory/data"
    chmod 755 "$directory"
    hand_over "$directory"
    (cd "$directory" && as_unprivileged "$programs/initdb" --pgdata "$directory/data" --username portal --auth trust \
        --encoding UTF8 --locale C.UTF-8 --no-sync >"$directory/initdb.log" 2>&1) \
        || { tail -n 20 "$directory/initdb.log" >&2; return 1; }
    # SIGINT is its "fast" shutdown: it does not wait for clients.
    start_server postgresql INT "$directory/postgresql.log" env -C "$directory" "$programs/postgres" \
        -D "$directory/data" -p "$port" -k "$directory" -c listen_addresses=127.0.0.1 \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=80
    wait_until postgresql 60 "$directory/postgresql.log" \
        "$programs/pg_isready" --host 127.0.0.1 --port "$port" --username portal || return 1
    "$programs/createdb" --host 127.0.0.1 --port "$port" --username portal portal || return 1
    DATABASE_URL=postgres://portal@127.0.0.1:$port/portal
}
