# Read by the scripts here: installs the programs that Cubit is measured against, and runs what is
# measured each on its own core. Debian's packages, and npm for autocannon.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$here/out
cubit=$here/../cubit
sources=$here/src/main/java/dev/cubit/bench
mkdir -p "$out"

for java in "${JAVA_HOME:-}/bin/java" "$(command -v java)" /usr/lib/jvm/*/bin/java; do
  ! "$java" -version 2>&1 | grep -q '"\(2[5-9]\|[3-9][0-9]\)' || break
done

# Installs packages for programs that are not there: `need PROGRAM=PACKAGE ...`.
need() {
  local pair missing=()
  for pair; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  ((${#missing[@]})) || return 0
  local as_root=()
  ((EUID == 0)) || as_root=(sudo -n)
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qy --no-install-recommends "${missing[@]}" \
    >"$out/install.log" 2>&1 </dev/null || {
    echo "cannot install ${missing[*]}; see $out/install.log" >&2
    exit 2
  }
}

need_autocannon() {
  autocannon=$out/peers/node_modules/autocannon/autocannon.js
  [[ -e $autocannon ]] || npm install --silent --no-fund --no-audit --prefix "$out/peers" autocannon@9.0.0
}

# The jar of the zoo in $zoo, built if it is not there or older than its sources.
need_zoo() {
  zoo=$here/zoo/out/zoo.jar
  [[ -e $zoo && -z $(find "$here/zoo/src/main" "$here/zoo/pom.xml" -newer "$zoo" -print -quit) ]] ||
    (cd "$here/.." && mvn -q -B package -DskipTests -pl bench/zoo -am && touch "$zoo") >"$out/zoo.log" 2>&1 ||
    { echo "the zoo could not be built; see $out/zoo.log" >&2 && exit 2; }
}

# Spring Cloud Gateway's jar in $spring, built where it is not there: a build of its own, from Maven Central.
need_spring() {
  spring=$here/spring-gateway/out/spring-gateway.jar
  [[ -e $spring && -z $(find "$here/spring-gateway/src" "$here/spring-gateway/pom.xml" -newer "$spring" -print -quit) ]] ||
    JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$java")")") mvn -q -B -f "$here/spring-gateway/pom.xml" package >"$out/spring.log" 2>&1 ||
    { echo "Spring Cloud Gateway could not be built; see $out/spring.log" >&2 && exit 2; }
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# The target: one worker on core 0 (or $target_core) that answers at once and never closes a connection.
start_nginx() {
  port=$(free_port)
  local folder=$out/nginx
  mkdir -p "$folder"
  cat >"$folder/nginx.conf" <<CONF
daemon off;
worker_processes 1;
worker_rlimit_nofile 40000;
pid $folder/nginx.pid;
error_log $folder/error.log crit;
events { worker_connections 30000; }
http {
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  server {
    listen 127.0.0.1:$port backlog=16384;
    location / { default_type text/plain; return 200 "Hello World\n"; }
  }
}
CONF
  taskset -c "${target_core:-0}" nginx -p "$folder" -c "$folder/nginx.conf" &
  nginx=$!
  trap 'kill "$nginx" 2>/dev/null; wait "$nginx" 2>/dev/null' EXIT
  until curl -sf "http://127.0.0.1:$port/" >/dev/null; do
    kill -0 "$nginx" || exit 2
  done
  url=http://127.0.0.1:$port/
}

# `median FIGURE ...` prints the median, and in brackets the smallest and the largest.
median() {
  printf '%s\n' "$@" | sort -g | awk '
    { v[NR] = $1 }
    END { m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
          f = m >= 1000 ? "%.0f [%.0f .. %.0f]\n" : "%.3g [%.3g .. %.3g]\n"
          printf f, m, v[1], v[NR] }'
}

# A field of Cubit's one-line JSON: `field NAME.NAME <FILE`.
field() {
  node -e 'const o = JSON.parse(require("fs").readFileSync(0));
    console.log(process.argv[1].split(".").reduce((v, k) => v[k], o))' "$1"
}

# Runs a program on core 1, and leaves the CPU seconds that it took in $cpu.
pinned() { # FILE COMMAND ...
  local file=$1 TIMEFORMAT='%U %S'
  shift
  { time taskset -c 1 "$@" >"$file" 2>"$file.err"; } 2>"$raw/time" || {
    cat "$file" "$file.err" >&2
    exit 3
  }
  cpu=$(awk '{ print $1 + $2 }' "$raw/time")
}

# Loads with Cubit, after a warm-up ($warm_seconds, 8), and leaves the requests a second in $rps.
load() { # FILE WORDS ...
  pinned "$1" "$cubit" baseline -j --no-save -n -W "${warm_seconds:-8}" -d "$seconds" "${@:2}"
  rps=$(field cubit.requestsPerSecond <"$1")
}

declare -A all_rps all_cost
keep() { # NAME
  all_rps[$1]+=" $rps"
  all_cost[$1]+=" $cost"
  echo "  $1: $(printf '%.0f' "$rps") req/s, $(printf '%.2f' "$cost") us CPU a request" >&2
}

# Ratios round by round, so that what drifts is in both.
ratio() { # A B
  local a=(${all_rps[$1]}) b=(${all_rps[$2]}) i r=()
  for i in "${!a[@]}"; do r+=("$(awk "BEGIN { print ${a[i]} / ${b[i]} }")"); done
  median "${r[@]}"
}

machine() {
  echo "date     $(date -u +%F)"
  echo "machine  $(nproc) cores of $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), Linux $(uname -r | cut -d- -f1)"
  echo "java     $("$cubit" --version 2>/dev/null)"
}
