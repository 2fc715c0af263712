#!/bin/sh
# Stops with a clear message unless a Swift 6.3 toolchain is first in PATH; prints the toolchain's folder.
set -eu

if ! command -v swift >/dev/null 2>&1; then
  echo "martlet: no swift in PATH. Install the Swift 6.3 toolchain (https://www.swift.org/install/linux)," >&2
  echo "then add its usr/bin to PATH: export PATH=/where/you/put/it/usr/bin:\$PATH" >&2
  exit 1
fi

version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
case "$version" in
  6.3 | 6.3.*) ;;
  *)
    echo "martlet: needs Swift 6.3, and $(command -v swift) is version ${version:-unknown}." >&2
    echo "Cells are compiled by the same toolchain that built Martlet; other versions have not been tried." >&2
    exit 1
    ;;
esac

compiler=$(readlink -f "$(command -v swift)")
folder=$(dirname "$(dirname "$compiler")")
if [ ! -e "$folder/lib/swift/host/libSwiftParser.so" ]; then
  echo "martlet: the toolchain in $folder lacks lib/swift/host/libSwiftParser.so; install the complete one from swift.org." >&2
  exit 1
fi
echo "$folder"
