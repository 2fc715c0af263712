#!/bin/sh
# Copies the staged tree to a prefix and registers the kernel there. usage: install.sh PREFIX
set -eu
cd "$(dirname "$0")/.."
prefix=$1
mkdir -p "$prefix/bin" "$prefix/lib"
prefix=$(cd "$prefix" && pwd -P)

rm -rf "$prefix/lib/martlet.new"
cp -Rp .build/martlet/lib/martlet "$prefix/lib/martlet.new"
rm -rf "$prefix/lib/martlet"
mv "$prefix/lib/martlet.new" "$prefix/lib/martlet"
cp -p .build/martlet/bin/martlet "$prefix/bin/martlet.new"
mv -f "$prefix/bin/martlet.new" "$prefix/bin/martlet"
"$prefix/bin/martlet" install --prefix "$prefix"

case ":$PATH:" in
  *":$prefix/bin:"*) ;;
  *) echo "$prefix/bin is not in PATH; to type just 'martlet': export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
