#!/usr/bin/env bash
# The load generator beside its peers, in one run: nginx on core 0 answers `return 200`, each
# generator in turn has core 1 alone, for ROUNDS rounds; medians, in brackets the extremes.
#
#   bench/load.sh [ROUNDS [SECONDS]]     default: 5 rounds of 5 seconds each
#
# Prints a Markdown table; what each program printed stays in bench/out/load/. Installs nginx, wrk,
# tcpdump (Debian) and autocannon (npm) where they are missing.
set -euo pipefail
rounds=${1:-5} seconds=${2:-5}
source "$(dirname "$0")/peers.sh"
need nginx=nginx-light wrk=wrk tcpdump=tcpdump node=nodejs npm=npm curl=curl python3=python3
need_autocannon
raw=$out/load
rm -rf "$raw"
mkdir -p "$raw"
ulimit -n 40000 2>/dev/null || ulimit -n "$(ulimit -Hn)"
machine
start_nginx

run_cubit() { # NAME WORDS ...: requests a second, and CPU microseconds of its loop a request
  local file=$raw/$1.json
  load "$file" "${@:2}" "$url"
  cost=$(node -e 'const o = JSON.parse(require("fs").readFileSync(0)), c = o.cubit;
    console.log(1e6 * c.generator.loopBusyShares[0] / c.requestsPerSecond)' <"$file")
}

run_wrk() { # NAME CONNECTIONS
  pinned "$raw/$1.txt" wrk -t1 -c"$2" -d"${seconds}s" "$url"
  rps=$(awk '/^Requests\/sec/ { print $2 }' "$raw/$1.txt")
  cost=$(awk -v cpu="$cpu" '/ requests in / { print 1e6 * cpu / $1 }' "$raw/$1.txt")
}

run_autocannon() { # NAME CONNECTIONS
  pinned "$raw/$1.json" node "$autocannon" -j -n -c "$2" -d "$seconds" "$url"
  rps=$(field requests.average <"$raw/$1.json")
  cost=$(node -e 'const o = JSON.parse(require("fs").readFileSync(0));
    console.log(1e6 * process.argv[1] / o.requests.total)' "$cpu" <"$raw/$1.json")
}

for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds" >&2
  # another goes first each time: what drifts hits all
  order=(cubit wrk epoll autocannon)
  for ((i = 0; i < 4; i++)); do
    case ${order[(i + round) % 4]} in
      cubit) run_cubit "cubit-$round" -c 200 && keep cubit ;;
      epoll) run_cubit "epoll-$round" -c 200 --transport epoll && keep epoll ;;
      wrk) run_wrk "wrk-$round" 200 && keep wrk ;;
      autocannon) run_autocannon "autocannon-$round" 200 && keep autocannon ;;
    esac
  done
  for who in $( ((round % 2)) && echo "wrk cubit" || echo "cubit wrk"); do
    case $who in
      cubit) run_cubit "cubit10k-$round" -c 10000 && keep cubit10k ;;
      wrk) run_wrk "wrk10k-$round" 10000 && keep wrk10k ;;
    esac
  done
done

echo
echo "| on one core, target on another | req/s | CPU a request (us) | against wrk | against autocannon |"
echo "| --- | --- | --- | --- | --- |"
for who in cubit epoll wrk autocannon; do
  # shellcheck disable=SC2086
  echo "| $who, 200 connections | $(median ${all_rps[$who]}) | $(median ${all_cost[$who]}) | $(ratio $who wrk) | $(ratio $who autocannon) |"
done
for who in cubit10k wrk10k; do
  # shellcheck disable=SC2086
  echo "| ${who%10k}, 10,000 connections | $(median ${all_rps[$who]}) | $(median ${all_cost[$who]}) | $(ratio $who wrk10k) | |"
done
echo

# A fixed rate, and what the network has seen of it: tcpdump on the other core.
at_rate() { # RATE
  local truth=() shown=() planned=() apart=() i dump file
  for ((i = 0; i < rounds; i++)); do
    taskset -c 0 tcpdump -i lo -n -s 96 -B 65536 -w "$raw/rate.pcap" \
      "tcp port $port and (((ip[2:2] - ((ip[0] & 0xf) << 2)) - ((tcp[12] & 0xf0) >> 2)) != 0)" \
      2>"$raw/tcpdump.err" &
    dump=$!
    until grep -q 'listening on' "$raw/tcpdump.err"; do kill -0 "$dump" || exit 2; done
    run_cubit "rate-$1-$i" -c 200 -R "$1"
    kill -INT "$dump"
    wait "$dump" || true
    file=$raw/rate-$1-$i.json
    truth+=("$("$java" "$sources/ServiceTimes.java" "$raw/rate.pcap" "$port" 99 \
      "$(field start <"$file")" "$(field finish <"$file")")")
    shown+=("$(field cubit.serviceTimeMicros.p99 <"$file")")
    planned+=("$(field cubit.latencyMicros.p99 <"$file")")
    apart+=("$((shown[i] - truth[i]))")
    echo "  p99 at $1 req/s: tcpdump ${truth[i]} us, service time ${shown[i]} us," \
      "from the planned start ${planned[i]} us; $(tail -n 1 "$raw/tcpdump.err")" >&2
  done
  rm -f "$raw/rate.pcap"
  echo "| $1 req/s | $(median "${truth[@]}") | $(median "${shown[@]}") | $(median "${apart[@]}") | $(median "${planned[@]}") |"
}

echo "| p99 (us) at a rate of | by tcpdump | service time | the two apart | from the planned start |"
echo "| --- | --- | --- | --- | --- |"
# shellcheck disable=SC2086
at_rate "$(median ${all_rps[wrk]} | awk '{ printf "%d", $1 / 2 }')"
at_rate 20000
echo

echo "| at 200 connections | |"
echo "| --- | --- |"
"$cubit" baseline -q --no-save -c 200 -W 3 -d "$seconds" "$url" >/dev/null &
pid=$!
while grep VmHWM "/proc/$pid/status" >"$raw/peak.new" 2>/dev/null; do
  mv "$raw/peak.new" "$raw/peak"
  sleep 0.1
done
echo "| peak memory (VmHWM) | $(awk '{ printf "%.0f MB", $2 / 1024 }' "$raw/peak") |"
echo "| allocated | $("$java" --enable-native-access=ALL-UNNAMED -cp "$here/../cli/out/cubit.jar" "$sources/Allocation.java" "${url%/}" "$seconds") bytes a request |"
