#!/bin/sh
# Installs what is missing of Debian-packages.txt. usage: install-packages.sh build|test|browser|database
# Does nothing where everything is there; says what to run where it may not install.
set -eu
cd "$(dirname "$0")/.."
purpose=$1

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "martlet: this is not a Debian system; make sure that the equivalents of Debian-packages.txt are installed." >&2
  exit 0
fi

missing=
for package in $(awk -v purpose="$purpose" '!/^#/ && $2 == purpose { print $1 }' Debian-packages.txt); do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
else
  echo "martlet: these Debian packages are missing, and installing them needs root:$missing" >&2
  echo "Run this, then make again:" >&2
  echo "  sudo apt-get install --yes$missing" >&2
  exit 1
fi

echo "installing Debian packages:$missing"
# shellcheck disable=SC2086 # both are lists of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends $missing ||
  { $as_root apt-get update --quiet=2 &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends $missing; }
