#!/bin/sh
# Makes .venv with the pinned packages of a requirements file. usage: python-environment.sh FILE
# Nothing happens where that was done before and the file has not changed since.
set -eu
cd "$(dirname "$0")/.."
requirements=$1
done_mark=.venv/$(basename "$requirements").installed

if [ -e "$done_mark" ] && cmp -s "$requirements" "$done_mark"; then exit 0; fi
if [ ! -x .venv/bin/python ]; then
  echo "making the Python environment .venv"
  python3 -m venv .venv || { echo "martlet: python3 -m venv failed; is the Debian package python3-venv installed?" >&2; exit 1; }
fi
echo "installing $requirements into .venv"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
cp "$requirements" "$done_mark"
