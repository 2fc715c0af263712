#!/bin/sh
# Puts what was built into .build/martlet, in the layout that it has under PREFIX after `make install`.
# Files are replaced only when they changed.
set -eu
cd "$(dirname "$0")/.."
built=.build/release
stage=.build/martlet
library=$stage/lib/martlet
toolchain=$(scripts/check-toolchain.sh)

# A changed file is replaced by a rename, so that a process that runs the old one keeps it.
place() {
  if cmp -s "$1" "$2"; then return 0; fi
  mkdir -p "$(dirname "$2")"
  cp -p "$1" "$2.new"
  mv -f "$2.new" "$2"
}

# A folder with everything in it; what is no longer there goes away.
place_folder() {
  [ -d "$1" ] || { echo "martlet: $1 is not there; it belongs to the installation." >&2; exit 1; }
  mkdir -p "$2"
  (cd "$1" && find . -type f) | while read -r file; do place "$1/$file" "$2/$file"; done
  (cd "$2" && find . -type f) | while read -r file; do [ -e "$1/$file" ] || rm -f "$2/$file"; done
}

place $built/martlet $stage/bin/martlet
place $built/martlet-worker $library/martlet-worker
place $built/martlet-intelligence $library/martlet-intelligence
place $built/libMartlet.so $library/libMartlet.so
place $built/libMartletWarmCompiler.so $library/libMartletWarmCompiler.so
place_folder $built/Martlet_MartletDatasets.resources $library/Martlet_MartletDatasets.resources

# Only what cells import: kernel code stays invisible to them.
for module in Martlet MartletSpecializations MartletDisplay MartletWidgets MartletNumerics MartletFrames MartletPlots MartletDatasets MartletModels MartletExplain MartletNets MartletText MartletReinforcement MartletTracking MartletServing MartletONNX; do
  place $built/Modules/$module.swiftmodule $library/modules/$module.swiftmodule
  place $built/Modules/$module.swiftdoc $library/modules/$module.swiftdoc
done

headers() { { cd $library/include 2>/dev/null && find . -type f | LC_ALL=C sort | xargs cat; } 2>/dev/null | cksum; }
before=$(headers)
place_folder Sources/CMartletRuntime/include $library/include/CMartletRuntime
for library_headers in CImages COpenBLAS CSQLite CVectorMath CZlib; do place_folder Sources/$library_headers $library/include/$library_headers; done
# Cells are compiled without a look whether a header has changed since the compiler read it, so what it keeps of them goes.
if [ "$(headers)" != "$before" ]; then rm -rf "${XDG_CACHE_HOME:-${HOME:-}/.cache}/martlet/modules"; fi
place_folder kernelspec $library/kernelspec

swift --version 2>/dev/null | head -n 1 >.build/toolchain-version
echo "$toolchain" >>.build/toolchain-version
place .build/toolchain-version $library/toolchain-version
