#!/usr/bin/env bash
# What a running system must show: `cubit up` with real clones, asked and changed while it runs.
#
#   bench/up.sh lost [ACTIONS]      requests lost in so many reloads, changes of the number of clones, and kills of a
#                                   clone, at 2,000 requests a second (default 20 each)
#   bench/up.sh clones [ROUNDS]     QR codes a second with 1, 2, 4 and 8 clones of a tenth of a core (default 5 rounds)
#
# WAYS are those of `lost`, of `reloads changes kills` (default all; ten reloads take more than two minutes).
# RATE and CLONES: other than 2,000 a second, and 4. SECONDS_EACH of `clones`: 5.
#
# Prints Markdown for RESULTS.md, and writes nothing else but bench/out/up/. `clones` needs root, for cgroups.
set -euo pipefail
measure=${1:-} count=${2:-}
source "$(dirname "$0")/peers.sh"
need curl=curl python3=python3 node=nodejs
"$cubit" --help >/dev/null # builds it where it is not built
services=$(cd "$here/../services" && pwd)
rate=${RATE:-2000} clones=${CLONES:-4} seconds=${SECONDS_EACH:-5}
raw=$out/up
rm -rf "$raw"
mkdir -p "$raw"
up='' generator=''
end() {
  local pid
  for pid in $generator $up; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true # `cubit up` ends its clones
  done
  up='' generator=''
}
trap end EXIT

status() { curl -sf --unix-socket "$folder/.cubit/up/cubit/control.sock" http://localhost/v1/status; }

# `clone_pids [SERVICE]`: those that take requests.
clone_pids() {
  status | node -e 'const of = process.argv[1];
    for (const c of JSON.parse(require("fs").readFileSync(0)).clones)
      if (c.status.state === "ready" && (!of || c.status.service === of)) console.log(c.status.pid)' "${1:-}"
}

await_clones() { # HOW MANY
  local tries=0
  until [[ $(clone_pids 2>/dev/null | wc -l) == "$1" ]]; do
    sleep 0.2
    ((++tries < 600)) || { echo "there are no $1 clones; see $raw/up.txt" >&2 && exit 3; }
  done
}

start_up() { # HOW MANY CLONES, cubit.yaml on stdin
  folder=$raw/system
  rm -rf "$folder"
  mkdir -p "$folder"
  cat >"$folder/cubit.yaml"
  (cd "$folder" && exec "$cubit" up >"$raw/up.txt" 2>&1) &
  up=$!
  await_clones "$1"
}

tell_up() { (cd "$folder" && "$cubit" "$@") >>"$raw/told.txt" 2>&1; }

# ---- requests lost

hello="run: $java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -jar $services/hello/out/hello.jar
    env: { EVENT_LOOPS: 1, LOG_LEVEL: warn"

act() { # WAY NUMBER
  local pids
  case $1 in
    changes) tell_up clones "hello=$(($2 % 2 ? clones + 2 : clones - 1))" ;;
    kills)
      mapfile -t pids < <(clone_pids)
      kill -9 "${pids[$2 % ${#pids[@]}]}"
      sleep 0.3 # until it is seen
      await_clones "$clones"
      ;;
    *) tell_up reload hello ;;
  esac
}

lost() { # WAY
  local way=$1 port url i begun file=$raw/$1.json
  port=$(free_port)
  url=http://127.0.0.1:$port/
  start_up "$clones" <<<"gateway: { listen: $port }
services:
  hello:
    $hello }
    route: /
    clones: $clones"
  "$cubit" baseline -j --no-save -n -R "$rate" -d 900 -t 5s -c 64 "$url" >"$file" 2>"$file.err" &
  generator=$!
  sleep 3
  begun=$SECONDS
  for ((i = 1; i <= count; i++)); do
    kill -0 "$generator" || { cat "$file.err" >&2 && exit 3; }
    act "$way" "$i"
  done
  local took=$((SECONDS - begun))
  sleep 6 # a request of before is answered by now, or has timed out: what is under way at the end is from afterwards
  kill "$generator"
  wait "$generator" || true
  generator=''
  node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])), c = r.cubit;
    const kinds = Object.entries(c.errorsByKind ?? {}).map(([k, v]) => `${v.count} ${k}`).join(", ");
    const lost = r.errors + r.non2xx + r.mismatches;
    console.log(`| ${process.argv[2]} | ${process.argv[3]} in ${process.argv[4]} s | ${c.responses} | ${lost}`
      + ` | ${[kinds, r.non2xx ? JSON.stringify(r.statusCodeStats) : ""].filter(x => x).join(", ") || "-"}`
      + ` | ${c.serviceTimeMicros.p50} | ${c.serviceTimeMicros.p99} | ${c.serviceTimeMicros.max} |`)' \
    "$file" "$way" "$count" "$took"
  end
}

lost_measure() {
  local way
  : "${count:=20}"
  echo "$clones clones of hello, $rate requests a second over 64 connections"
  echo
  echo "| way | actions | answered | lost | of them | p50 (us) | p99 (us) | longest (us) |"
  echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
  for way in ${WAYS:-reloads changes kills}; do lost "$way"; done
}

# ---- more clones, more requests

sizes=(1 2 4 8)

# The CPU limit of a clone, as Cubit has set it: cgroup v2's or v1's file, and what stands in it.
quota_file() { # PID
  awk -F: '$1 == 0 && $2 == "" { print "/sys/fs/cgroup" $3 "/cpu.max" }
    ("," $2 ",") ~ /,cpu,/ { print "/sys/fs/cgroup/cpu" $3 "/cpu.cfs_quota_us" }' "/proc/$1/cgroup" |
    while read -r file; do [[ ! -e $file ]] || echo "$file"; done | tail -n 1
}

cpu_of() { # PID ...
  local pid
  for pid; do cat /proc/"$pid"/task/*/schedstat; done | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

ask() { # FILE SECONDS WORDS ...
  "$cubit" baseline -j --no-save -n -d "$2" "${@:3}" >"$1" 2>"$1.err" || { cat "$1.err" >&2 && exit 3; }
}

clones_measure() {
  local round n i pid file quota=() path before after gateway_before generator_cpu total=0
  declare -A rps spent per gateway
  : "${count:=5}"
  # a code of some size, so that what is measured is the service and not what is in front of it
  local text
  text=$(printf 'scale%.0s' {1..160})
  local port yaml=''
  port=$(free_port)
  for n in "${sizes[@]}"; do
    ((total += n))
    yaml+="
  qr$n:
    run: $java -XX:+UseSerialGC -Xmx64m -jar $services/qr/out/qr.jar
    env: { EVENT_LOOPS: 1, LOG_LEVEL: warn }
    route: { path: /$n, strip: true }
    ready-timeout: 2m
    clones: $n
    cpu: 0.1"
  done
  start_up "$total" <<<"gateway: { listen: $port }
services:$yaml"
  # Compiling with a tenth of a core would take an hour: while all are warmed up the limit is lifted, then it is
  # put back as Cubit had it. With less than that they still got faster, and the few more than the many.
  for pid in $(clone_pids); do
    file=$(quota_file "$pid")
    [[ -n $file ]] || { echo "no cgroup limits clone $pid" >&2 && exit 3; }
    quota+=("$file=$(<"$file")")
    case $file in *cpu.max) echo max >"$file" ;; *) echo -1 >"$file" ;; esac
  done
  for n in "${sizes[@]}"; do
    ask "$raw/warm.json" "$((40 + 8 * n))" -c $((8 * n)) "http://127.0.0.1:$port/$n/?data=$text&format=svg"
  done
  for path in "${quota[@]}"; do echo "${path#*=}" >"${path%%=*}"; done
  for n in "${sizes[@]}"; do # with the limit, until the queues are as they will be
    ask "$raw/warm.json" 10 -c $((32 * n)) "http://127.0.0.1:$port/$n/?data=$text&format=svg"
  done
  for ((round = 1; round <= count; round++)); do
    for ((i = 0; i < ${#sizes[@]}; i++)); do
      n=${sizes[(i + round) % ${#sizes[@]}]}
      mapfile -t pids < <(clone_pids "qr$n")
      before=$(cpu_of "${pids[@]}") gateway_before=$(cpu_of "$up")
      file=$raw/$n-$round.json
      ask "$file" "$seconds" -c $((32 * n)) "http://127.0.0.1:$port/$n/?data=$text&format=svg"
      after=$(cpu_of "${pids[@]}")
      rps[$n]+=" $(field cubit.requestsPerSecond <"$file")"
      spent[$n]+=" $(awk "BEGIN { print ($after - $before) / 1e9 / $(field duration <"$file") }")"
      per[$n]+=" $(awk "BEGIN { print ($after - $before) / 1000 / $(field cubit.responses <"$file") }")"
      gateway[$n]+=" $(awk "BEGIN { print ($(cpu_of "$up") - $gateway_before) / 1e9 / $(field duration <"$file") }")"
      [[ $(field errors <"$file") == 0 && $(field non2xx <"$file") == 0 ]] || echo "  $n: errors in $file" >&2
      echo "  round $round, $n clones: ${rps[$n]##* } req/s, ${spent[$n]##* } cores of clones, ${gateway[$n]##* } of the gateway" >&2
    done
  done
  echo
  echo "| clones | req/s | against so many times one | cores that the clones had | CPU a request (us) | cores of the gateway |"
  echo "| --- | --- | --- | --- | --- | --- |"
  for n in "${sizes[@]}"; do
    # shellcheck disable=SC2046,SC2086
    echo "| $n | $(median ${rps[$n]}) | $(median $(each "/ $n /" "${rps[$n]}" "${rps[1]}")) | $(median ${spent[$n]}) | $(median ${per[$n]}) | $(median ${gateway[$n]}) |"
  done
}

each() { # OPERATION A B: of lists of figures, round by round
  local a=($2) b=($3) i
  for i in "${!a[@]}"; do awk "BEGIN { print ${a[i]} $1 ${b[i]} }"; done
}

case $measure in
  lost | clones)
    machine
    "${measure}_measure"
    ;;
  *) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "$0" >&2 && exit 2 ;;
esac
