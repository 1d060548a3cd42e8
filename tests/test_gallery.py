"""The gallery: every picture that is shown is written, and a second run writes the same."""

import importlib.util
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

GALLERY = Path(__file__).parent.parent / "docs" / "gallery"


@pytest.fixture(scope="module")
def gallery():
    spec = importlib.util.spec_from_file_location("gallery", GALLERY.parent.parent / "tools" / "generate_gallery.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_shown_is_what_is_written(gallery):
    shown = set(re.findall(r"\]\(([^)]*)\)", (GALLERY / "README.md").read_text(encoding="utf-8")))
    assert shown == {f"{name}.png" for name in gallery.VIEWS} | {f"{name}.svg" for name in gallery.CHARTS}
    assert all((GALLERY / name).is_file() for name in shown)


def test_two_runs_write_the_same(gallery, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        gallery.write(tmp_path / name)
    written = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(written) == len(gallery.VIEWS) + len(gallery.CHARTS)
    for name in written:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
