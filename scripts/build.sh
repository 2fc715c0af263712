#!/bin/sh
# Builds everything, optimised. usage: build.sh [--strict]
# --strict also builds the tests, and fails on the first compiler warning.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .build
log=.build/build.log

run() {
  # The exit status of the build, not of tee: POSIX has no pipefail.
  { "$@" 2>&1 || echo "build-failed" >.build/build.failed; } | tee -a "$log"
  if [ -e .build/build.failed ]; then rm .build/build.failed; exit 1; fi
}

rm -f .build/build.failed
: >"$log"
run swift build --configuration release --quiet
[ "${1:-}" = --strict ] || exit 0
run swift build --configuration release --quiet --build-tests

if grep -q 'warning:' "$log"; then
  # Touched, so that the next build compiles these files again and does not forget their warnings.
  grep -o '^/[^:]*\.swift' "$log" | sort -u | while read -r file; do if [ -e "$file" ]; then touch "$file"; fi; done
  echo "martlet: the build has warnings (above)." >&2
  exit 1
fi
