#!/bin/bash
# Runs libFuzzer on the readers of what strangers write. usage: fuzz.sh [SECONDS [TARGET...]]    60 seconds for each target of Fuzzing/
# What was found interesting is kept in .build/fuzzing-corpus and continued from; inputs that fail lie in .build/fuzzing-findings.
set -uo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
targets=("${@:2}")
[[ ${#targets[@]} == 0 ]] && targets=($(ls Fuzzing/Targets))
swift build --package-path Fuzzing --build-path .build/fuzzing --configuration release --sanitize=fuzzer --quiet || exit 1
findings=.build/fuzzing-findings
mkdir -p $findings
failed=0
for target in "${targets[@]}"; do
  corpus=.build/fuzzing-corpus/$target
  mkdir -p "$corpus"
  log=.build/fuzzing-$target.log
  # A second for some kilobytes would be a page that never comes.
  if .build/fuzzing/release/"$target" -max_total_time="$seconds" -max_len=16384 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$findings/$target-" "$corpus" "Fuzzing/Seeds/$target" >"$log" 2>&1; then
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, nothing found"
  else
    failed=$((failed + 1))
    echo "$target: FAILED; the input is in $findings, the end of $log says:"
    grep -aE 'Fatal error|SUMMARY|Test unit written' "$log" | cut -c1-400
  fi
done
exit "$failed"
