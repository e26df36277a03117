#!/usr/bin/env bash
# The doctor on servers whose fault is known: each is started and loaded, and the first finding is
# compared with the truth. Nothing is pinned: the load generator shares the machine, as it does for
# whoever tries this.
#
#   bench/zoo.sh [half|full|double] [NAME ...]     default: full, all servers
#
# A NAME may be a pattern: 'lock-*'. SECONDS_EACH sets how long each is recorded (default 10).
# Prints a line a server, then Markdown: the confusion matrix and its figures, of all servers ever tried at
# that load, so that batches add up; a server's last verdict counts, and REPORT=1 only prints. What the
# doctor said of each stays in bench/out/zoo/: delete that to begin anew. Servers that cannot run here (CPU
# quotas take root) are left out.
set -euo pipefail
scale=full
case ${1:-} in half | full | double) scale=$1 && shift ;; esac
source "$(dirname "$0")/peers.sh"
need python3=python3
raw=$out/zoo/$scale
mkdir -p "$raw"
need_zoo

# Connections and rates by the factor; a connection is the least.
scaled() { # WORDS ...
  local factor word last=
  case $scale in half) factor=0.5 ;; full) factor=1 ;; double) factor=2 ;; esac
  for word; do
    case $last in
      -c | -R) awk -v n="$word" -v f="$factor" 'BEGIN { m = int(n * f); print m < 1 ? 1 : m }' ;;
      *) echo "$word" ;;
    esac
    last=$word
  done
}

wanted() { # NAME PATTERN ...
  (($# > 1)) || return 0
  local pattern
  for pattern in "${@:2}"; do
    # shellcheck disable=SC2053
    [[ $1 != $pattern ]] || return 0
  done
  return 1
}

machine
echo "load     $scale"
echo
verdicts=$raw/verdicts.tsv left_out= list=$("$java" -jar "$zoo" --list)
touch "$verdicts"
# Descriptor 3, for what runs in the loop would read the list as its standard input.
while IFS=$'\t' read -r -u 3 name truth flags load path; do
  [[ -z ${REPORT:-} ]] && wanted "$name" "$@" || continue
  if [[ $truth == throttled ]] && ! [[ $EUID == 0 && -w /sys/fs/cgroup ]]; then
    left_out+=" $name"
    continue
  fi
  mapfile -t words < <(
    # shellcheck disable=SC2086
    scaled $load
  )
  code=0
  # shellcheck disable=SC2086
  timeout 240 "$cubit" doctor --json --quiet -d "${SECONDS_EACH:-10}" "${words[@]}" "$path" -- \
    "$java" $flags -jar "$zoo" "$name" >"$raw/$name.json" 2>"$raw/$name.err" </dev/null || code=$?
  row=$(
    python3 - "$name" "$truth" "$code" "$raw/$name" <<'PYTHON'
import json, sys

name, truth, code, file = sys.argv[1:]
said, unexplained, others = "failed", "", ""
if code == "0":
    try:
        told = json.load(open(file + ".json"))
        told = told.get("diagnosis", told)
        said, unexplained = told["cause"], told["unexplainedShare"]
        others = " ".join(f["cause"] for f in told["findings"][1:4])
    except (ValueError, KeyError) as problem:
        said = "unreadable"
        others = repr(problem)
print(name, truth, said, unexplained, others, sep="\t")
PYTHON
  )
  { grep -v "^$name"$'\t' "$verdicts" || true; echo "$row"; } >"$verdicts.new"
  mv "$verdicts.new" "$verdicts"
  awk -F'\t' '{
    printf "%-5s %-28s %-11s %-11s %4s  %s\n", $2 == $3 ? "right" : "WRONG",
      $1, $2, $3, $4 == "" ? "" : sprintf("%.0f%%", 100 * $4), $5 == "" ? "" : "then " $5 }' <<<"$row"
done 3< <(echo "$list")

python3 - "$verdicts" "$left_out" 3<<<"$list" <<'PYTHON'
import statistics, sys

rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1])]
order = [line.split("\t")[0] for line in open(3)]
rows = sorted((r for r in rows if r[0] in order), key=lambda r: order.index(r[0]))
if not rows:
    sys.exit("no server has such a name, or none can run here")
truths = list(dict.fromkeys(r[1] for r in rows))
said = truths + sorted({r[2] for r in rows} - set(truths))
print()
print("| truth \\ said |", " | ".join(said), "| right |")
print("| --- |" + " --- |" * (len(said) + 1))
for truth in truths:
    of = [r[2] for r in rows if r[1] == truth]
    cells = [str(of.count(s) or "") for s in said]
    print("|", truth, "|", " | ".join(cells), f"| {of.count(truth)} of {len(of)} |")
print()


def share(of):
    right = sum(r[1] == r[2] for r in of)
    return f"{right} of {len(of)}, {right / len(of):.0%}" if of else "none tried"


unexplained = [float(r[3]) for r in rows if r[3]]
print("right:", share(rows))
print("right of the healthy:", share([r for r in rows if r[1] == "healthy"]))
print("healthy said of others:", sum(r[2] == "healthy" != r[1] for r in rows))
if unexplained:
    print(f"unexplained, median: {statistics.median(unexplained):.0%}")
if sys.argv[2]:
    print("left out, as a CPU quota takes root:" + sys.argv[2])
PYTHON
