#!/bin/bash
# What a stranger does: clones the last commit into an empty folder, types `make`, then `make test`. Prints how long each takes.
# Only PATH, HOME and the folder itself are there, as in a new container; HOME is empty, so no cache helps.
set -euo pipefail
source_tree=$(cd "$(dirname "$0")/.." && pwd -P)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/home"

git clone --quiet --no-hardlinks "$source_tree" "$folder/martlet"
cd "$folder/martlet"
for goal in hello test; do
  SECONDS=0
  env -i PATH="$PATH" HOME="$folder/home" TERM=dumb make "$goal" >"$folder/$goal.log" 2>&1 && verdict=passed || verdict=FAILED
  echo "make $goal: $verdict in $SECONDS s"
  if [[ $verdict == FAILED ]]; then tail -n 40 "$folder/$goal.log"; exit 1; fi
  tail -n 12 "$folder/$goal.log"
done
