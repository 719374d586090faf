# A throw-away Redis on the loopback interface. Sourced, never run.

# start_redis DIRECTORY PORT: sets REDIS_URL.
start_redis() {
    local directory=$1 port=$2
    mkdir -p "$directory"
    hand_over "$directory"
    start_server redis TERM "$directory/redis.log" redis-server --bind 127.0.0.1 --port "$port" --dir "$directory" \
        --save "" --appendonly no
    wait_until redis 30 "$directory/redis.log" redis-cli -h 127.0.0.1 -p "$port" ping || return 1
    REDIS_URL=redis://127.0.0.1:$port/0
}
