#!/bin/sh
# Starts JupyterLab from .venv with Martlet as the only kernel on offer.
set -eu
cd "$(dirname "$0")/.."
scripts/install-packages.sh test
scripts/python-environment.sh Tests/Conformance/requirements-lab.txt
.build/martlet/bin/martlet install --prefix "$PWD/.build/lab"
exec env JUPYTER_PATH="$PWD/.build/lab/share/jupyter" .venv/bin/jupyter lab \
  --KernelSpecManager.ensure_native_kernel=False --KernelSpecManager.allowed_kernelspecs=martlet \
  --MultiKernelManager.default_kernel_name=martlet --notebook-dir=tutorials "$@"
