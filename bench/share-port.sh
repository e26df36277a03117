#!/usr/bin/env bash
# How many requests are lost by reloads of three clones of `hello`: on one port that the kernel deals out (share: port),
# and on ports of their own behind a client that drains as the gateway does.
#
#   bench/share-port.sh [RELOADS]     default: 5
#
# Prints a table, and the kernel's tcp_migrate_req, on which the first rows depend.
set -euo pipefail
source "$(dirname "$0")/peers.sh"
house=$here/..
(cd "$house" && mvn -q -B package -Dmaven.test.skip=true -pl bench,services/hello -am) >"$out/share-port.log" 2>&1 ||
  { echo "the build failed; see $out/share-port.log" >&2; exit 2; }
echo "net.ipv4.tcp_migrate_req: $(cat /proc/sys/net/ipv4/tcp_migrate_req)"
"$java" -cp "$here/out/classes:$house/scale/out/classes:$house/target/out/classes" \
  dev.cubit.bench.PortSharing "${1:-5}" "$out/share-port" "$java" -XX:TieredStopAtLevel=1 -jar "$house/services/hello/out/hello.jar"
