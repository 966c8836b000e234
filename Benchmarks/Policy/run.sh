# The part `policy` of Benchmarks/run: what a large configuration costs to read and to check, and how
# fast flows are looked up in it. Needs the functions and variables of Benchmarks/run.

policybench() {
  IKESCOPE_BENCH=1 swift build -c release $("$root/.ci/release-flags") --package-path "$root" \
    --product policybench >&2
  echo "$(IKESCOPE_BENCH=1 swift build -c release --package-path "$root" --show-bin-path)/policybench"
}

# made_by TOOL NAME ARGUMENTS…: the path of a file, written by the tool when it is not there yet.
made_by() {
  tool=$1
  file=$made/$2
  shift 2
  if [ ! -e "$file" ]; then
    "$tool" "$@" "$file.part" >&2
    mv "$file.part" "$file"
  fi
  echo "$file"
}

policy() {
  printf '\nPolicy\n'
  tool=$(policybench)
  few=$(made_by "$tool" policy-10000.cfg config 10000)
  many=$(made_by "$tool" policy-200000.cfg config 200000)
  flows=$(made_by "$tool" policy-flows-100000.pcap flows 100000 10000)

  fastest=0
  for run in $(seq "$best"); do
    rate=$("$tool" lookups "$few" 2000000 | awk '{ print $4 }')
    [ "$rate" -gt "$fastest" ] && fastest=$rate
  done
  row "look-ups at 10000 ACEs" "$fastest/s" "" "" "target: 1000000/s on one core"

  if has valgrind; then
    per=$(awk -v a="$(bench_instructions "$few" 100000)" -v b="$(bench_instructions "$few" 300000)" \
      'BEGIN { printf "%.0f", (b - a) / 200000 }')
    most=$(awk '$1 == "lookup" { print $2 }' "$here/thresholds/instructions")
    note=""
    if [ -n "$most" ] && [ "$per" -gt "$most" ]; then
      note="MORE THAN THE THRESHOLD OF $most"
      failed=1
    fi
    row "instructions a look-up" "$per" "" "" "$note"
  fi

  ours=$(cost "$best" "$IKESCOPE" check "$many")
  row "check: 200000 ACEs" "$(field 1 "$ours") s" "$(mb "$ours")" "" "target: 2 s; exit $(field 4 "$ours")"
  ours=$(cost "$best" "$IKESCOPE" analyze "$flows" --config "$few" --max-flows 100000 \
    --format ndjson --no-progress)
  row "analyze: 100000 flows, 10000 ACEs" "$(field 1 "$ours") s" "$(mb "$ours")" \
    "$(ratio 100000 "$(field 1 "$ours")")/s" "exit $(field 4 "$ours")"
}

bench_instructions() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$tool" lookups "$1" "$2" 2>&1 >/dev/null |
    awk '/refs:/ { gsub(",", "", $NF); print $NF }'
}
