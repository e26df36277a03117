#!/usr/bin/env bash
# How long `cubit --version` takes beside `java -version`, and the help pages, in one run.
#
#   bench/startup.sh [RUNS]     default: 20
#
# Prints hyperfine's table (Debian's package; installed where it is missing).
set -euo pipefail
source "$(dirname "$0")/peers.sh"
need hyperfine=hyperfine
"$cubit" runs >/dev/null # builds, and prepares the quick start
machine
hyperfine --style none --warmup 3 --runs "${1:-20}" --export-markdown "$out/startup.md" \
  "$java -version" "$cubit --version" "$cubit --help" "$cubit baseline --help" "$cubit runs" >/dev/null 2>&1
sed "s#$(readlink -f "$java")\|$java#java#; s#$cubit#cubit#" "$out/startup.md"
