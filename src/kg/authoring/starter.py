"""An empty graph of one's own: the folder that ``kg init`` writes, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from importlib.resources import files as resources

from kg import locations
from kg.authoring.placement import head
from kg.authoring.written_text import quote
from kg.build import obsolete, readings, retired, tables, withdrawal_lookups
from kg.build.cells import slug
from kg.errors import UsageError, of_system
from kg.locations import __version__

#: Each file with the template that it is made from.
TEMPLATES = {
    "README.md": "README.md",
    "LICENSE-DATA": "LICENSE-DATA",
    "requirements.txt": "requirements.txt",
    ".gitattributes": "gitattributes",
    ".github/workflows/ci.yml": "ci.yml",
    ".github/workflows/review.yml": "review.yml",
    "ontology/own.ttl": "own.ttl",
    "ontology/own_shapes.ttl": "own_shapes.ttl",
    "data/terms/exposures.ttl": "exposures.ttl",
    "data/terms/quantities.ttl": "quantities.ttl",
    "data/terms/symptoms.ttl": "symptoms.ttl",
    "data/claims/exposures.ttl": "claims.ttl",
    "data/sources/literature.ttl": "literature.ttl",
    "queries/questions/what_leads_to.rq": "what_leads_to.rq",
    "tests/test_graph.py": "test_graph.txt",
}
#: What is shared, copied as this version has it: the vocabulary, and the hosts to which no reader is sent.
SHARED = ("ontology/kg.ttl", "ontology/prefixes.ttl", "ontology/shapes.ttl", "data/sources/refused_hosts.tsv")
#: Tables that no mapping of :mod:`kg.build.tables` reads, with their columns.
OTHER_TABLES = {
    "data/tables/ontology_terms.tsv": ("id", "label", "ontology", "release"),
    withdrawal_lookups.FILE: withdrawal_lookups.COLUMNS,
    retired.TABLE: retired.COLUMNS,
    obsolete.TABLE: obsolete.COLUMNS,
    f"{readings.FOLDER}/readings.tsv": readings.COLUMNS,
}


def starter(title: str) -> dict[str, bytes]:
    """The files of a new graph by path, ``/`` between the parts."""
    folder = resources("kg.authoring").joinpath("assets", "starter")
    words = {
        "title": quote(title),
        "name": title,
        "iri": f"https://example.org/{slug(title) or 'graph'}/",
        "version": __version__,
    }
    made = {}
    for path, template in TEMPLATES.items():
        text = folder.joinpath(template).read_text(encoding="utf-8")
        for name, word in words.items():
            text = text.replace("{{" + name + "}}", word)
        made[path] = text.encode()
    for name in SHARED:
        with open(os.path.join(locations.files(), *name.split("/")), "rb") as file:
            made[name] = file.read()
    made["data/sources/vocabulary.ttl"] = _vocabulary(made["ontology/kg.ttl"].decode()).encode()
    columns = {name: found for name, (found, _) in tables.TABLES.items()} | OTHER_TABLES
    return made | {path: ("\t".join(names) + "\n").encode() for path, names in columns.items()}


def _vocabulary(ontology: str) -> str:
    """The records of the sources that the shared vocabulary names, as they stand in our own files."""
    left, found = set(re.findall(r"dcterms:source (source:[\w-]+)", ontology)), []
    folder = os.path.join(locations.files(), "data", "sources")
    for name in sorted(os.listdir(folder)):
        if left and name.endswith(".ttl") and locations.is_source(folder, name):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for match in re.finditer(r"^(source:[\w-]+) a .*?[ ]\.$", text, flags=re.DOTALL | re.MULTILINE):
                if match[1] in left:
                    left.discard(match[1])
                    found.append(match[0])
    return head(found) + "\n\n".join(sorted(found)) + "\n"


def create(folder: str, title: str) -> list[str]:
    """Write a new graph, and return its files; they are made beside the folder and moved there together.

    Raises:
        UsageError: the folder is not empty, is not a folder, or cannot be written; nothing is left behind.
    """
    target = os.path.realpath(folder) if os.path.isdir(folder) else os.path.abspath(folder)
    try:
        if os.path.lexists(target) and os.listdir(target):
            raise UsageError(f"{folder}: not empty; name a new folder, or an empty one")
    except NotADirectoryError:
        raise UsageError(f"{folder}: no folder; name a new folder, or an empty one") from None
    except OSError as error:
        raise of_system(folder, error, "name a folder that you can write to") from None
    beside = ""
    made = starter(title)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        beside = tempfile.mkdtemp(prefix=".kg-init-", dir=os.path.dirname(target))
        for path, content in made.items():
            place = os.path.join(beside, *path.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(content)
        os.chmod(beside, 0o777 & ~_umask())
        with contextlib.suppress(FileNotFoundError):
            os.rmdir(target)
        os.rename(beside, target)
    except OSError as error:
        raise of_system(folder, error, "name a folder that you can write to") from None
    finally:
        if beside:
            shutil.rmtree(beside, ignore_errors=True)
    return sorted(made)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
