#!/usr/bin/env bash
# The gateway beside nginx and HAProxy, in one run: nginx on core 1 answers `return 200`, each proxy
# in turn has core 0 alone, wrk asks from core 1 over 64 kept connections, for ROUNDS rounds; medians,
# in brackets the extremes. CPU is the scheduler's own account of all threads of the proxy (schedstat),
# so that the JVM's compilers and collector are in it.
#
#   bench/gateway.sh [ROUNDS [SECONDS]]     default: 5 rounds of 5 seconds each
#
# PROXIES are those that are measured, of `nginx haproxy cubit-EPOLL cubit-IO_URING spring`; default:
# all but Spring Cloud Gateway. nginx is always there, as all are compared with it.
# PARTS, of `cpu latency memory` (default: all), are measured; each by itself takes at most 4 minutes
# with 3 rounds of 3 seconds. RATE is that of the latencies, half of what nginx passes on where cpu is
# measured as well. BUILT=1: the bench module is built already. WARM: seconds of warm-up before the latencies, 20.
#
# Prints Markdown tables; what each program printed stays in bench/out/gateway/. Installs nginx,
# HAProxy, wrk and h2load (Debian) where they are missing.
set -euo pipefail
rounds=${1:-5} seconds=${2:-5} target_core=1 warm_seconds=${WARM:-20}
source "$(dirname "$0")/peers.sh"
need nginx=nginx-light haproxy=haproxy wrk=wrk h2load=nghttp2-client curl=curl python3=python3 node=nodejs
parts=" ${PARTS:-cpu latency memory} "
read -ra proxies <<<"${PROXIES:-nginx haproxy cubit-EPOLL cubit-IO_URING}"
is_wanted() { [[ " ${proxies[*]} " == *" $1 "* ]]; }
is_wanted nginx || proxies=(nginx "${proxies[@]}")
! is_wanted spring || need_spring
[[ ${BUILT:-} == 1 ]] || (cd "$here/.." && mvn -B -q -o -Dmaven.test.skip=true -pl bench -am package)
raw=$out/gateway
rm -rf "$raw"
mkdir -p "$raw/nginx"
machine
start_nginx
upstream=$port
servers=("$nginx")
trap 'for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null; done; wait' EXIT

declare -A process ports
serve() { # NAME COMMAND ...
  local name=$1
  shift
  ports[$name]=$port
  taskset -c 0 "$@" >"$raw/$name.log" 2>&1 &
  process[$name]=$!
  servers+=("$!")
  until curl -sf "http://127.0.0.1:$port/" >/dev/null; do
    kill -0 "${process[$name]}" || { cat "$raw/$name.log" >&2; exit 3; }
  done
}

# nginx as a proxy, with as little to do as it can have: no field is added.
port=$(free_port)
cat >"$raw/nginx/nginx.conf" <<CONF
daemon off;
master_process off;
worker_rlimit_nofile 40000;
pid $raw/nginx/nginx.pid;
error_log $raw/nginx/error.log crit;
events { worker_connections 10000; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path $raw/nginx/body;
  proxy_temp_path $raw/nginx/proxy;
  fastcgi_temp_path $raw/nginx/fastcgi;
  uwsgi_temp_path $raw/nginx/uwsgi;
  scgi_temp_path $raw/nginx/scgi;
  upstream hello { server 127.0.0.1:$upstream; keepalive 512; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:$port backlog=4096;
    location / { proxy_pass http://hello; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
CONF
serve nginx nginx -p "$raw/nginx" -c "$raw/nginx/nginx.conf"

if is_wanted haproxy; then
port=$(free_port)
cat >"$raw/haproxy.cfg" <<CONF
global
  nbthread 1
  maxconn 2000
defaults
  mode http
  http-reuse always
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend in
  bind 127.0.0.1:$port
  default_backend hello
backend hello
  server hello 127.0.0.1:$upstream
CONF
serve haproxy haproxy -db -f "$raw/haproxy.cfg"
fi

# as the launcher starts Cubit
# shellcheck disable=SC2086
flags=$(sed -n '/^flags="/,/"$/p' "$cubit" | sed 's/^flags="//; s/"$//')
for transport in EPOLL IO_URING; do
  is_wanted "cubit-$transport" || continue
  port=$(free_port)
  # shellcheck disable=SC2086
  serve "cubit-$transport" "$java" $flags -cp "$out/classes:$(cat "$out/class-path")" \
    dev.cubit.bench.GatewayAlone "$transport" "$port" "$upstream"
done

# one event loop, as the others have here; on one core Reactor Netty would take four
if is_wanted spring; then
  port=$(free_port)
  serve spring "$java" -XX:+UseSerialGC -Xmx512m -Dreactor.netty.ioWorkerCount=1 -jar "$spring" "$port" "$upstream"
fi

# CPU nanoseconds that a process has had, all of its threads together.
cpu_of() { # PID
  cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

measure() { # NAME [cold]: then it may be too slow for wrk
  local before after
  before=$(cpu_of "${process[$1]}")
  taskset -c 1 wrk -t1 -c64 -d"${seconds}s" "http://127.0.0.1:${ports[$1]}/" >"$raw/wrk.txt"
  after=$(cpu_of "${process[$1]}")
  [[ ${2:-} == cold ]] || ! grep -E 'Socket errors|Non-2xx' "$raw/wrk.txt" >&2 || { echo "$1 failed" >&2 && exit 3; }
  rps=$(awk '/^Requests\/sec/ { print $2 }' "$raw/wrk.txt")
  cost=$(awk -v cpu="$((after - before))" '/ requests in / { print cpu / 1000 / $1 }' "$raw/wrk.txt")
}

each() { # OPERATION A B: of lists of figures, round by round
  local a=($2) b=($3) i
  for i in "${!a[@]}"; do awk "BEGIN { print ${a[i]} $1 ${b[i]} }"; done
}

cpu_part() {
  local who i round warm
  for who in "${proxies[@]}"; do # Spring Cloud Gateway gets faster for minutes
    warm=4
    [[ $who != spring ]] || warm=60
    for ((i = 1; i <= warm; i++)); do measure "$who" cold; done
    echo "  $who, the last of its warm-up: $cost us CPU a request" >&2
  done
  for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    for ((i = 0; i < ${#proxies[@]}; i++)); do # another goes first each time: what drifts hits all
      who=${proxies[(i + round) % ${#proxies[@]}]}
      measure "$who"
      keep "$who"
    done
  done
  echo
  echo "| proxy alone on core 0 | req/s | CPU a request (us) | CPU against nginx | memory (MB) |"
  echo "| --- | --- | --- | --- | --- |"
  for who in "${proxies[@]}"; do
    # shellcheck disable=SC2046,SC2086
    echo "| $who | $(median ${all_rps[$who]}) | $(median ${all_cost[$who]}) | $(median $(each / "${all_cost[$who]}" "${all_cost[nginx]}")) | $(awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/${process[$who]}/status") |"
  done
  echo
  # shellcheck disable=SC2086
  rate=${rate:-$(median ${all_rps[nginx]} | awk '{ printf "%d", $1 / 2 }')}
}

# Latencies at a fixed rate, the same for all, asked by h2load: a generator on the JVM takes so much of the core that
# it shares with the server that the server alone had a p99 between 1 and 6 ms. Its connections are opened one after
# the other, as else all ask at the same moment; the first half second, in which that happens, is left out for all.
# What a proxy adds is against the server without one, in the same round; its ratio to what nginx adds as well.
declare -A p50 p99 added
ask() { # NAME SECONDS FILE
  local each=$((rate / 64))
  rm -f "$3"
  taskset -c 1 h2load --h1 -c64 -t1 -m1 -r "$((each / 16 + 1))" --rate-period=1ms --rps "$each" \
    -n "$((each * 64 * $2))" --log-file="$3" "http://127.0.0.1:${ports[$1]}/" >"$raw/h2load.txt"
  ! awk '$2 != 200' "$3" | grep -q . || { echo "$1 failed: see $3" >&2 && exit 3; }
}

latency_part() {
  local who i round order file
  [[ -n $rate ]] || { echo "say at which RATE, or measure cpu as well" >&2; exit 2; }
  ports[direct]=$upstream
  order=(direct "${proxies[@]}")
  for who in "${proxies[@]}"; do ask "$who" "$warm_seconds" "$raw/warm.tsv"; done
  for ((round = 1; round <= rounds; round++)); do
    for ((i = 0; i < ${#order[@]}; i++)); do
      who=${order[(i + round) % ${#order[@]}]}
      file=$raw/rate-$who-$round.tsv
      ask "$who" "$seconds" "$file"
      read -r half most < <(sort -n "$file" | awk 'NR == 1 { begin = $1 } $1 - begin > 500000 { print $3 }' | sort -n |
        awk '{ v[NR] = $1 } END { print v[int(NR / 2)], v[int(NR * 0.99)] }')
      p50[$who]+=" $half"
      p99[$who]+=" $most"
      echo "  $who: p50 $half us, p99 $most us at $rate req/s" >&2
    done
  done
  echo
  echo "| latency at $rate req/s | p50 (us) | p99 (us) | added p99 (us) | added p99 against nginx |"
  echo "| --- | --- | --- | --- | --- |"
  for who in "${proxies[@]}"; do
    added[$who]=$(each - "${p99[$who]}" "${p99[direct]}")
  done
  # shellcheck disable=SC2086
  echo "| direct | $(median ${p50[direct]}) | $(median ${p99[direct]}) | | |"
  for who in "${proxies[@]}"; do
    # shellcheck disable=SC2046,SC2086
    echo "| $who | $(median ${p50[$who]}) | $(median ${p99[$who]}) | $(median ${added[$who]}) | $(median $(each / "${added[$who]}" "${added[nginx]}")) |"
  done
}

# Resident memory: with nothing to do, and while 1,000 connections are idle and 200 busy.
memory_part() {
  local who round idle busy before during
  rss() { awk -v what="$2:" '$1 == what { printf "%.0f", $2 / 1024 }' "/proc/${process[$1]}/status"; }
  echo
  echo "| memory (MB) | before | 1,000 idle and 200 busy connections | highest so far |"
  echo "| --- | --- | --- | --- |"
  for who in "${proxies[@]}"; do
    before=$(rss "$who" VmRSS)
    taskset -c 1 python3 - "${ports[$who]}" >"$raw/idle.txt" <<'IDLE' &
import socket, sys, time
def one():
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    s.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert s.recv(65536).startswith(b"HTTP/1.1 200 ")
    return s
kept = [one() for _ in range(1000)]
print(len(kept), flush=True)
time.sleep(120)
IDLE
    idle=$!
    until grep -q 1000 "$raw/idle.txt"; do
      kill -0 "$idle" || exit 3
      sleep 0.1
    done
    during=()
    for ((round = 1; round <= rounds; round++)); do
      taskset -c 1 wrk -t1 -c200 -d"${seconds}s" "http://127.0.0.1:${ports[$who]}/" >"$raw/wrk.txt" &
      busy=$!
      sleep "$((seconds - 1)).5"
      during+=("$(rss "$who" VmRSS)")
      wait "$busy"
      ! grep -E 'Socket errors|Non-2xx' "$raw/wrk.txt" >&2 || exit 3
    done
    kill "$idle"
    wait "$idle" 2>/dev/null || true
    echo "| $who | $before | $(median "${during[@]}") | $(rss "$who" VmHWM) |"
  done
}

rate=${RATE:-}
for part in cpu latency memory; do
  [[ $parts != *" $part "* ]] || "${part}_part"
done
