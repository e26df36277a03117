#!/usr/bin/env bash
# Microbenchmarks, with what they allocate:
#
#   bench/jmh.sh [JMH'S WORDS ...]     default: all; -h tells them
set -euo pipefail
source "$(dirname "$0")/peers.sh"
(cd "$here/.." && mvn -B -q -Dmaven.test.skip=true -pl bench -am package)
exec taskset -c 1 "$java" -cp "$out/classes:$(cat "$out/class-path")" org.openjdk.jmh.Main -prof gc "$@"
