#!/usr/bin/env bash
# Pages of long recordings: a server is recorded under full load, and what is told is the time from the
# end of the load until the page is there, its size, and the longest tasks that a reader in headless
# Chromium (1280 x 800) has to wait for: on loading it, and on what is done with it. Nothing is pinned.
#
#   bench/page.sh [SECONDS [SERVER:TOOL ...]]
#
# Default: 60 s of invoices with doctor, flame, bubble and heap, and of pool-servlet-jdbc with doctor and bubble. A
# server is invoices (CPU in a container's threads) or one of the zoo's. Prints a Markdown table; pages,
# recordings and what was looked at stay in bench/out/page/. Installs chromium (Debian), playwright-core (npm).
set -euo pipefail
seconds=${1:-60}
shift $(($# > 1 ? 1 : $#))
(($#)) || set -- invoices:{doctor,flame,bubble,heap} pool-servlet-jdbc:{doctor,bubble}
source "$(dirname "$0")/peers.sh"
need node=nodejs npm=npm chromium=chromium
[[ -e $out/peers/node_modules/playwright-core ]] ||
  npm install --silent --no-fund --no-audit --prefix "$out/peers" playwright-core@1.64.1
raw=$out/page
mkdir -p "$raw"
need_zoo

# When each line came: seconds, and the line.
timed() {
  local line
  while IFS= read -r line; do echo "$EPOCHREALTIME $line"; done
}

machine
echo "recorded $seconds s"
echo
echo "| server, tool | until the page is there (s) | of that a load for comparison | recording (MB) | page (kB) | longest task on loading (ms) | on a reader's action (ms) |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for pair; do
  server=${pair%:*} tool=${pair#*:} folder=$raw/${pair/:/-}
  rm -rf "$folder"
  mkdir -p "$folder"
  if [[ $server == invoices ]]; then
    words=(invoices "${POSITIONS:-2600}") flags='' load='-c 50' path='/invoice?id=7'
  else
    IFS=$'\t' read -r _ _ flags load path < <("$java" -jar "$zoo" --list | awk -F'\t' -v n="$server" '$1 == n')
    words=("$server")
  fi
  # shellcheck disable=SC2086
  (cd "$folder" && "$cubit" "$tool" -d "$seconds" $load "$path" -- "$java" $flags -jar "$zoo" "${words[@]}") \
    >"$folder/said.txt" 2> >(timed >"$folder/notes.txt") </dev/null || { cat "$folder/notes.txt" >&2; exit 3; }
  page=$(find "$folder/.cubit" -name "$tool.html")
  recording=$(find "$folder/.cubit" -name recording.jfr)
  end=$(awk '/reading the recording/ { print $1 }' "$folder/notes.txt")
  again=$(awk '/once more without recording/ { print $1 }' "$folder/notes.txt")
  NODE_PATH=$out/peers/node_modules node "$here/page.js" "$(command -v chromium)" "$page" >"$folder/looked.json"
  node - "$pair" "$end" "${again:-$end}" "$(stat -c %.Y "$page")" "$(stat -c %s "$recording")" "$(stat -c %s "$page")" "$folder/looked.json" <<'JS'
const [pair, end, again, there, recording, page, file] = process.argv.slice(2);
const o = JSON.parse(require("fs").readFileSync(file));
const worst = Object.entries(o.steps).sort((a, b) => b[1] - a[1])[0];
const short = (ms) => (ms === 0 ? "under 50" : String(ms));
console.log(`| ${pair.replace(":", ", ")} | ${(there - end).toFixed(1)} | ${again === end ? "none" : "2 s, begun after " + (again - end).toFixed(1)} | ` +
  `${(recording / 1e6).toFixed(1)} | ${(page / 1e3).toFixed(0)} | ${o.load.map(short).join(", ")} | ${short(worst[1])}${worst[1] ? " (" + worst[0] + ")" : ""} |`);
if (o.failed.length) console.log("  failed: " + o.failed.join("; "));
JS
done
