#!/usr/bin/env bash
# What recording takes of a service's throughput: the same service under the same load, in turn without
# and with a recording by a tool's own settings and looks. The service has core 0 alone; load generator
# and recording Cubit share core 1. Medians of ROUNDS pairs, in brackets the extremes.
#
#   bench/overhead.sh [ROUNDS [SECONDS [SERVICE:TOOL ...]]]
#
# Default: 8 pairs of 8 seconds of invoices (about 0.5 ms of CPU a request) and hello, with doctor, flame and
# bubble each. Prints a Markdown table, and behind it what doctor itself says that it costs; what the
# loads said stays in bench/out/overhead/.
set -euo pipefail
rounds=${1:-8} seconds=${2:-8}
shift $(($# > 2 ? 2 : $#))
(($#)) || set -- invoices:{doctor,flame,bubble} hello:{doctor,flame,bubble}
source "$(dirname "$0")/peers.sh"
need node=nodejs curl=curl python3=python3
raw=$out/overhead
mkdir -p "$raw"
need_zoo
positions=${POSITIONS:-2600}

servers=()
trap 'for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null; done; wait' EXIT

# Starts a service on core 0 and leaves its process and its URL.
serve() { # SERVICE
  local command
  case $1 in
    invoices) command=("$java" -jar "$zoo" invoices "$positions") path='/invoice?id=7' ;;
    hello) command=("$java" -jar "$here/../services/hello/out/hello.jar") path=/ ;;
    *) echo "there is no service '$1': invoices and hello are" >&2 && exit 2 ;;
  esac
  port=$(free_port)
  PORT=$port taskset -c 0 "${command[@]}" >"$raw/$1.log" 2>&1 &
  server=$!
  servers+=("$server")
  url=http://127.0.0.1:$port$path
  until curl -sf "$url" >/dev/null 2>&1; do
    kill -0 "$server" || { cat "$raw/$1.log" >&2; exit 3; }
  done
}

# Loads it: requests a second, the service's CPU microseconds a request, and how busy the generator was.
measure() { # NAME
  pinned "$raw/$1.json" "$cubit" baseline -j --no-save -n -W 3 -d "$seconds" -c 50 "$url"
  rps=$(field cubit.requestsPerSecond <"$raw/$1.json")
  cost=$(field cubit.target.cpuMicrosPerRequest <"$raw/$1.json")
  busy=$(field cubit.generator.loopBusyShares.0 <"$raw/$1.json")
}

# The same while a tool records: it begins before the load and ends after it.
recorded() { # NAME TOOL
  local folder=$raw/$1 recorder
  rm -rf "$folder"
  mkdir -p "$folder"
  : >"$folder/err"
  (cd "$folder" && exec env --default-signal=INT taskset -c 1 "$cubit" "$2" --pid "$server" --collect-only) \
    >"$folder/out" 2>"$folder/err" &
  recorder=$!
  until grep -q 'recording; Ctrl-C' "$folder/err"; do
    kill -0 "$recorder" || { cat "$folder/err" >&2; exit 3; }
    sleep 0.1
  done
  measure "$1"
  kill -INT "$recorder"
  wait "$recorder" || true
  [[ -s $(cat "$folder/out") || -s $folder/$(cat "$folder/out") ]] || { cat "$folder/err" >&2; exit 3; }
}

# What is lost, in percent, pair by pair: `lost rps A B` of throughput, `lost cost A B` by CPU a request.
lost() {
  local -n of=all_$1
  local a=(${of[$2]}) b=(${of[$3]}) i r=()
  for i in "${!a[@]}"; do
    case $1 in
      rps) r+=("$(awk "BEGIN { print 100 * (1 - ${b[i]} / ${a[i]}) }")") ;;
      cost) r+=("$(awk "BEGIN { print 100 * (1 - ${a[i]} / ${b[i]}) }")") ;;
    esac
  done
  median "${r[@]}"
}

machine
echo "pairs    $rounds of $seconds s; invoices of $positions positions"
echo
echo "| service, tool | req/s without | with | lost (%) | CPU a request (us) without | with | of the CPU with (%) | generator busy |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
for pair; do
  service=${pair%:*} tool=${pair#*:}
  serve "$service"
  # compiled, and the flight recorder's own classes loaded: the first pair is not that of a cold JVM
  for _ in 1 2; do
    measure "$service-$tool-warm"
    recorded "$service-$tool-warm-recorded" "$tool"
  done
  busiest=0
  for ((round = 1; round <= rounds; round++)); do
    order=(without with)
    for ((i = 0; i < 2; i++)); do
      # another goes first each time: what drifts hits both
      side=${order[(i + round) % 2]}
      case $side in
        without) measure "$service-$tool-$round-without" ;;
        with) recorded "$service-$tool-$round-with" "$tool" ;;
      esac
      busiest=$(printf '%s\n' "$busy" "$busiest" | sort -g | tail -n 1)
      keep "$service-$tool-$side"
    done
  done
  kill "$server"
  wait "$server" || true
  without=$service-$tool-without with=$service-$tool-with
  # shellcheck disable=SC2086
  echo "| $service, $tool | $(median ${all_rps[$without]}) | $(median ${all_rps[$with]}) | $(lost rps "$without" "$with") |" \
    "$(median ${all_cost[$without]}) | $(median ${all_cost[$with]}) | $(lost cost "$without" "$with") | $(awk "BEGIN { printf \"%.0f %%\", 100 * $busiest }") |"
done
