"""Copies of folders of the repository, which hundreds of tests begin with: each is read once, and then only written."""

import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


def copy(name: str, target: Path) -> None:
    """Write a folder of the repository, given by its path in it, to another place."""
    folders, files = _read(name)
    for folder in folders:
        os.makedirs(os.path.join(target, folder), exist_ok=True)
    for path, content in files:
        descriptor = os.open(os.path.join(target, path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            file.write(content)


@cache
def _read(name: str) -> tuple[list[str], list[tuple[str, bytes]]]:
    top, folders, files = ROOT / name, [], []
    for place, _, names in os.walk(top):
        folders.append(os.path.relpath(place, top))
        files += [(os.path.relpath(os.path.join(place, one), top), Path(place, one).read_bytes()) for one in sorted(names)]
    return folders, files
