"""The software bill of materials (CycloneDX 1.6): what an installation by the locked requirements holds, with its sums."""

from __future__ import annotations

import json
import re
import sys

from kg.locations import __version__

_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: *; *(?P<marker>[^\\]*))?", re.MULTILINE)
_SUM = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def write_document(requirements: str) -> bytes:
    """The document for a list of requirements that are pinned with their sums."""
    found = list(_LOCKED.finditer(requirements))
    ends = [match.start() for match in found[1:]] + [len(requirements)]
    components = [_component(match, requirements[match.end() : end]) for match, end in zip(found, ends, strict=True)]
    ours = {"type": "application", "bom-ref": "nutrition-kg", "name": "nutrition-kg", "version": __version__}
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                **ours,
                "licenses": [{"expression": "Apache-2.0 AND CC-BY-4.0"}],
                "purl": _purl("nutrition-kg", __version__),
            }
        },
        "components": components,
        "dependencies": [{"ref": "nutrition-kg", "dependsOn": [one["bom-ref"] for one in components]}],
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def _component(match: re.Match[str], rest: str) -> dict[str, object]:
    name, version = match["name"].lower().replace("_", "-"), match["version"]
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": f"{name}@{version}",
        "name": name,
        "version": version,
        "purl": _purl(name, version),
    }
    # The lock names every file of a release; which of them is installed depends on the machine.
    files = [{"name": "python:sha256", "value": value} for value in _SUM.findall(rest)]
    marker = (match["marker"] or "").strip()
    component["properties"] = [*files, *([{"name": "python:marker", "value": marker}] if marker else [])]
    return component


def _purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        sys.stdout.buffer.write(write_document(file.read()))
