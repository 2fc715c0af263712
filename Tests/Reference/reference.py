"""Writes a JSON file that names the versions it was made with."""
import json
from importlib.metadata import version
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def save(module, name, content):
    versions = {package: version(package) for package in ("numpy", "scipy", "pandas", "scikit-learn")}
    path = TESTS / f"{module}Tests" / "Reference" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"versions": versions, **content}, indent=1, allow_nan=False) + "\n")
