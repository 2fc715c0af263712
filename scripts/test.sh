#!/bin/bash
# Runs every check and ends with one line for each. The exit status is the number of checks that failed.
# usage: test.sh [CHECK...]    without arguments all of them, in this order: build unit notebooks conformance browser soak-short fuzz-short format
# `soak` is the long version of soak-short: half an hour of it. fuzz-short is `make fuzz` with three seconds for each target.
set -uo pipefail
cd "$(dirname "$0")/.."
export MARTLET_HOME=$PWD/.build/martlet
martlet=$MARTLET_HOME/bin/martlet
# What a check returns that cannot be done here.
SKIPPED=77

build() { scripts/build.sh --strict && scripts/stage.sh; }

unit() { swift test --configuration release --skip-build 2>&1 | tee .build/unit-tests.log | what_failed; }

# Of the log of 1,700 tests: what failed, with what was said of it, and the counts at the end.
what_failed() { grep --line-buffered -E '^(✘|↳)|: error:|[Ff]atal error|[Ee]xited with|signal code|^\s*Executed [0-9]+ tests|Test run with' || true; }

notebooks() {
  local found=() notebook
  for notebook in tutorials/*.ipynb notebooks/*.ipynb; do [[ -e $notebook ]] && found+=("$notebook"); done
  if [[ ${#found[@]} == 0 ]]; then echo "there is no notebook to check" >&2; return 1; fi
  rm -rf .build/notebooks && mkdir -p .build/notebooks
  # Side by side. What a notebook that fails has said last is shown; all of it stays in its log.
  printf '%s\0' "${found[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c '
    log=.build/notebooks/$(basename "$1").log
    "$0" run --check --timeout 60 "$1" >"$log" 2>&1 || { echo "$1 (all in $log):"; tail -n 12 "$log" | cut -c 1-200; exit 1; }' "$martlet"
}

conformance() {
  scripts/install-packages.sh test && scripts/python-environment.sh Tests/Conformance/requirements.txt &&
    .venv/bin/python -m pytest --quiet -p no:cacheprovider Tests/Conformance
}

# JupyterLab in a real browser; the pictures stay in .build/browser.
browser() {
  scripts/install-packages.sh test || return 1
  scripts/install-packages.sh browser
  if ! command -v chromium >/dev/null 2>&1; then
    echo "there is no chromium, and the Debian package could not be installed (above)" >&2
    return $SKIPPED
  fi
  scripts/python-environment.sh Tests/Browser/requirements-browser.txt &&
    .venv/bin/python -m pytest --quiet -p no:cacheprovider Tests/Browser
}

soak() {
  scripts/install-packages.sh test && scripts/python-environment.sh Tests/Conformance/requirements.txt &&
    .venv/bin/python -m pytest --quiet -p no:cacheprovider Tests/Soak
}
soak-short() { MARTLET_SOAK=short soak; }

# Mostly to see that it still builds.
fuzz-short() { scripts/fuzz.sh 3; }

format() { swift format lint --strict --recursive Package.swift Sources Tests Fuzzing/Package.swift Fuzzing/Targets; }

checks=("$@")
[[ ${#checks[@]} == 0 ]] && checks=(build unit notebooks conformance browser soak-short fuzz-short format)
summary=()
failed=0
mkdir -p .build/checks
for check in "${checks[@]}"; do
  printf '\n== %s\n' "$check"
  SECONDS=0
  "$check" 2>&1 | tee ".build/checks/$check.log"
  case ${PIPESTATUS[0]} in
    0) verdict=passed ;;
    "$SKIPPED") verdict="skipped (the reason is above)" ;;
    *) verdict=FAILED failed=$((failed + 1)) ;;
  esac
  summary+=("$(printf '%-12s %s in %d s' "$check" "$verdict" "$SECONDS")")
  # Nothing after it means anything when the build failed.
  [[ $check == build && $verdict == FAILED ]] && break
done
printf '\n'
# What a check that failed has said last, once more: a reader of the end alone knows what to look for.
for line in "${summary[@]}"; do
  [[ $line == *FAILED* ]] && check=${line%% *} && printf -- '-- the end of %s\n' "$check" && tail -n 12 ".build/checks/$check.log" | cut -c 1-200
done
printf '%s\n' "${summary[@]}"
exit "$failed"
