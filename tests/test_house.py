"""The house: modules depend one way, outside libraries have one door, documents hold, the wheel carries all it needs."""

import ast
import importlib
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import networkx
import pytest

import kg
from kg import locations
from tests import command

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "kg"

#: From the ground up: a package may import what stands on its own line or above it, whatever the import is for.
ORDER = [
    "errors locations palette templates",
    "atomic rdf",
    "charts sparql",
    "grounding",
    "build causal",
    "stores view",
    "graph",
    "authoring magic server",
    "checks diff integrations",
    "export",
    "cli",
    "__init__ __main__ moved",
]
#: The modules that may import an outside library.
DOORS = {
    "pyvis": {"view/pyvis_network"},
    "jinja2": {"templates"},
    "openpyxl": {"authoring/bulk/workbook"},
    "networkx": {"causal/to_networkx"},
    "rdflib": {"sparql/to_rdflib"},
    "SPARQLWrapper": {"sparql/sending"},
    "mcp": {"integrations/mcp"},
    "pandas": {"sparql/dataframes"},
    "pyshacl": {"checks/shacl_and_owl"},
    "owlready2": {"checks/shacl_and_owl"},
    "starlette": {"server/app"},
    "uvicorn": {"server/listener", "server/connection"},
    "uvloop": {"server/listener"},
}


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module, parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path, types: bool = True) -> frozenset[str]:
    """What a module imports; without ``types`` not what it imports only to write down a type."""
    found = set()
    tree = tree_of(path)
    only_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not types and node in only_types:
            continue
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return frozenset(found)


FLOORS = {name: number for number, line in enumerate(ORDER) for name in line.split()}
MODULES = sorted(SRC.rglob("*.py"))


def room(name: str) -> str:
    """The file or folder of ``src/kg`` that a module lies in."""
    return name.split(".")[1] if "." in name else "__init__"


def test_the_order_names_every_room():
    entries = {path.stem for path in SRC.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert entries == FLOORS.keys() - {"moved"}
    assert (SRC / "moved").is_dir()
    assert len(entries) + 1 <= 25


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_nothing_is_imported_from_a_floor_above(path):
    own = path.relative_to(SRC).parts[0].removesuffix(".py")
    for name in imports(path):
        if name.startswith("kg.") and room(name) in FLOORS:
            assert own == "__init__" or FLOORS[room(name)] <= FLOORS[own], f"{own} imports {name}"


def test_no_packages_import_each_other_in_a_circle():
    house = networkx.DiGraph()
    for path in MODULES:
        own = path.relative_to(SRC).parts[0].removesuffix(".py")
        if own not in ("__init__", "moved"):
            house.add_edges_from((own, room(name)) for name in imports(path) if name.startswith("kg.") and room(name) != own)
    circles = [sorted(circle) for circle in networkx.strongly_connected_components(house) if len(circle) > 1]
    assert circles == []


def test_no_modules_import_each_other_in_a_circle():
    names = {path: "kg." + path.relative_to(SRC).with_suffix("").as_posix().replace("/", ".") for path in MODULES}
    known = {name.removesuffix(".__init__"): name for name in names.values()}
    house = networkx.DiGraph()
    for path, name in names.items():
        used = imports(path) & known.keys()
        # "from kg.sparql import library" names the library, and not the front door that it goes through.
        used -= {one.rpartition(".")[0] for one in used}
        house.add_edges_from((name, known[one]) for one in used if known[one] != name)
    circles = [sorted(circle) for circle in networkx.strongly_connected_components(house) if len(circle) > 1]
    assert circles == []


@pytest.mark.parametrize("library", DOORS)
def test_an_outside_library_has_one_door(library):
    doors = {
        path.relative_to(SRC).with_suffix("").as_posix()
        for path in MODULES
        if any(name.split(".")[0] == library for name in imports(path, types=False))
    }
    assert doors == DOORS[library]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_a_module_is_one_thought_and_says_which(path):
    assert ast.get_docstring(tree_of(path))
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_no_file_names_this_machine_or_a_download_address():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    wrong = re.compile(r"(?<![\w.])/(?:work|root|home)/\w|https?://[^\s\"]*\.(?:whl|tgz|tar\.gz|deb|jar)\b|files\.pythonhosted")
    hits = []
    for name in filter(None, listed):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png"} and name != "tests/test_house.py":
            hits += [name for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if wrong.search(line)]
    assert hits == []


def readme_commands() -> list[str]:
    blocks = re.findall(r"```\n(kg .*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("line", readme_commands())
def test_every_command_of_the_readme_works(line, tmp_path):
    status, out, err = command.kg(*shlex.split(line)[1:], cwd=tmp_path)
    assert status == 0, err
    assert out


@pytest.mark.slow
def test_the_python_of_the_readme_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL).group(1)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert [path.name for path in tmp_path.iterdir()] == ["magnesium.html"]


def test_the_files_the_documents_name_are_there():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/decisions/README.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert link.startswith("http") or (ROOT / name).parent.joinpath(link).exists(), f"{name}: {link}"


def test_the_version_is_written_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    assert project["dynamic"] == ["version"]


@pytest.mark.slow
def test_the_wheel_works_without_the_repository(tmp_path):
    """Built and unpacked elsewhere, the package answers from any folder."""
    code = f"from hatchling.build import build_wheel; print(build_wheel({str(tmp_path)!r}))"
    built = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    wheel = tmp_path / built.stdout.split()[-1]
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "KG_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "kg", "query", "-e", "SELECT (COUNT(*) AS ?n) { ?s a kg:Statement }"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["n", "334"], done.stderr
    code = "from kg import locations; print(locations.content_hash())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == locations.content_hash()  # one version of the data, wherever it is installed
    for words in (["init", "own"], ["--source", "own", "validate", "--quiet"]):
        done = subprocess.run(
            [*command[:3], *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_public_names_are_these():
    assert kg.__all__ == [
        "Chart",
        "Graph",
        "KgError",
        "Rows",
        "Table",
        "Term",
        "Triples",
        "View",
        "__version__",
        "errors",
        "open",
    ]
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Grahp'"):
        kg.Grahp  # noqa: B018 - asking is the test


@pytest.mark.parametrize(
    ("old", "new"), [("results", "sparql.results"), ("library", "sparql.library"), ("phrases", "grounding.phrases")]
)
def test_an_address_of_an_earlier_release_works_and_warns(old, new):
    sys.modules.pop(f"kg.{old}", None)
    with pytest.warns(DeprecationWarning, match=f"kg.{old} is now kg.{new}"):
        module = importlib.import_module(f"kg.{old}")
    assert module is importlib.import_module(f"kg.{new}")
