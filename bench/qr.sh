#!/usr/bin/env bash
# The QR service beside its ceiling and beside the talk's server, in one run: each server in turn has
# core 0 alone, the load comes from core 1, and no two requests of a run ask for the same code.
# Medians of ROUNDS rounds, in brackets the extremes.
#
#   bench/qr.sh [ROUNDS [SECONDS]]     default: 5 rounds of 6 seconds each
#
# Prints Markdown tables; what the loads said stays in bench/out/qr/. Installs npm's qrcode 1.5.4.
set -euo pipefail
rounds=${1:-5} seconds=${2:-6}
source "$(dirname "$0")/peers.sh"
need node=nodejs npm=npm curl=curl python3=python3
[[ -e $out/talk/node_modules/qrcode ]] ||
  npm install --silent --no-fund --no-audit --prefix "$out/talk" qrcode@1.5.4
raw=$out/qr
rm -rf "$raw"
mkdir -p "$raw"
jars=$here/../services
path='/?data=hello%20cityjs%20[<counter>]'
machine

servers=()
trap 'for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null; done; wait' EXIT

# Starts a server on core 0 and leaves its port and its process.
serve() { # COMMAND ...
  port=$(free_port)
  PORT=$port taskset -c 0 "$@" >"$raw/server.log" 2>&1 &
  server=$!
  servers+=("$server")
  until curl -sf "http://127.0.0.1:$port/?data=a" -o "$raw/answer" 2>/dev/null; do
    kill -0 "$server" || { cat "$raw/server.log" >&2; exit 3; }
  done
  url=http://127.0.0.1:$port$path
}

# Loads a server: requests a second, and the server's CPU microseconds a request.
measure() { # NAME PORT WORDS ...
  load "$raw/$1.json" -I "${@:3}" "http://127.0.0.1:$2$path"
  cost=$(field cubit.target.cpuMicrosPerRequest <"$raw/$1.json")
}

serve "$java" -jar "$jars/qr/out/qr.jar"
qr=$port
bytes=$(curl -s "http://127.0.0.1:$qr/?data=hello%20cityjs%201234567" | wc -c)
serve "$java" -jar "$jars/hello/out/hello.jar" --bytes "$bytes"
hello=$port
export NODE_PATH=$out/talk/node_modules
serve node "$here/talk/server.js"
talk=$port

for ((round = 1; round <= rounds; round++)); do
  echo "round $round of $rounds" >&2
  # another goes first each time: what drifts hits all
  order=(hello qr talk)
  for ((i = 0; i < 3; i++)); do
    who=${order[(i + round) % 3]}
    measure "$who-$round" "${!who}" -c 50
    keep "$who"
  done
done

echo
echo "| server on one core, $bytes bytes an answer, 50 connections | req/s | its CPU a request (us) | against hello | against the talk's |"
echo "| --- | --- | --- | --- | --- |"
declare -A name=([hello]="hello, as many bytes" [qr]="qr, another code each time" [talk]="Node.js $(node --version) with qrcode 1.5.4")
for who in hello qr talk; do
  # shellcheck disable=SC2086
  echo "| ${name[$who]} | $(median ${all_rps[$who]}) | $(median ${all_cost[$who]}) | $(ratio $who hello) | $(ratio $who talk) |"
done
echo

# How long requests wait at a fixed rate, of the two in turn.
# shellcheck disable=SC2086
half=$(median ${all_rps[hello]} | awk '{ printf "%d", $1 / 2 }')
declare -A p50 p99
for ((round = 1; round <= rounds; round++)); do
  for who in $( ((round % 2)) && echo "hello qr" || echo "qr hello"); do
    measure "$who-half-$round" "${!who}" -c 50 -R "$half"
    p50[$who]+=" $(field cubit.serviceTimeMicros.p50 <"$raw/$who-half-$round.json")"
    p99[$who]+=" $(field cubit.serviceTimeMicros.p99 <"$raw/$who-half-$round.json")"
    echo "  $who at $half req/s: p99 ${p99[$who]##* } us" >&2
  done
done
echo "| at $half req/s, half of hello's most | p50 (us) | p99 (us) |"
echo "| --- | --- | --- |"
for who in hello qr; do
  # shellcheck disable=SC2086
  echo "| $who | $(median ${p50[$who]}) | $(median ${p99[$who]}) |"
done
echo

# Small requests at a tenth of hello's most, while a few others ask for something large or, for
# comparison, for something small: the second load generator itself is then in both.
some=$((half / 5)) few=50
text=$(printf 'a%.0s' {1..2300})
declare -A besides=([small]="/?data=b[<counter>]" [pixels]="/?data=b[<counter>]&size=4000" [version40]="/?data=${text}[<counter>]")
declare -A small99
for ((round = 1; round <= rounds; round++)); do
  for kind in small pixels version40; do
    taskset -c 1 "$cubit" baseline -q --no-save -n -I -c 5 -R "$few" -d $((seconds + 14)) \
      "http://127.0.0.1:$qr${besides[$kind]}" >"$raw/besides-$kind.txt" 2>&1 &
    beside=$!
    measure "beside-$kind-$round" "$qr" -c 50 -R "$some"
    small99[$kind]+=" $(field cubit.serviceTimeMicros.p99 <"$raw/beside-$kind-$round.json")"
    echo "  beside $few req/s of $kind: p99 ${small99[$kind]##* } us" >&2
    kill -INT "$beside" 2>/dev/null || true
    wait "$beside" || true
  done
done
echo "| $some req/s of small codes, and beside them $few req/s of | p99 of the small (us) |"
echo "| --- | --- |"
# shellcheck disable=SC2086
{
  echo "| small codes | $(median ${small99[small]}) |"
  echo "| 4,000 pixels | $(median ${small99[pixels]}) |"
  echo "| version 40 | $(median ${small99[version40]}) |"
}
