"""Write codemeta.json and .zenodo.json from CITATION.cff and pyproject.toml: ``python tools/generate_metadata.py``.

What is cited stands in CITATION.cff, what is installed in pyproject.toml; the two files say both again in the words of
CodeMeta 3.0 and of Zenodo's deposits, so that a release gets a DOI with nothing typed twice.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from kg.build.citation import read_citation

ROOT = Path(__file__).parent.parent
CODEMETA, ZENODO = "codemeta.json", ".zenodo.json"


def codemeta(cite: dict[str, Any], project: dict[str, Any]) -> dict[str, Any]:
    """What CodeMeta 3.0 asks for."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": project["name"],
        "description": project["description"],
        "version": cite["version"],
        "datePublished": cite["date-released"],
        "author": [_agent(one) for one in cite["authors"]],
        "license": [f"https://spdx.org/licenses/{name}" for name in ("Apache-2.0", "CC-BY-4.0")],
        "keywords": cite["keywords"],
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": sorted(re.split(r"[<>=!~ ;\[]", one, maxsplit=1)[0] for one in project["dependencies"]),
        "identifier": "https://w3id.org/nutrition-kg/",
    }


def zenodo(cite: dict[str, Any]) -> dict[str, Any]:
    """What a deposit at Zenodo asks for; the licence is that of the data, which is what is deposited."""
    return {
        "title": cite["title"],
        "upload_type": cite["type"],
        "description": cite["abstract"],
        "version": cite["version"],
        "publication_date": cite["date-released"],
        "creators": [
            {"name": one.get("name") or f"{one['family-names']}, {one['given-names']}"}
            | ({"orcid": one["orcid"].rpartition("/")[2]} if "orcid" in one else {})
            for one in cite["authors"]
        ],
        "access_right": "open",
        "license": "cc-by-4.0",
        "keywords": cite["keywords"],
        "notes": "The program is licensed Apache-2.0, the data CC-BY-4.0. Information, not medical advice.",
    }


def _agent(one: dict[str, str]) -> dict[str, str]:
    if "name" in one:
        return {"@type": "Organization", "name": one["name"]}
    person = {"@type": "Person", "givenName": one["given-names"], "familyName": one["family-names"]}
    return {**person, "@id": one["orcid"]} if "orcid" in one else person


def made(root: Path = ROOT) -> dict[str, str]:
    """Both files by name."""
    cite = read_citation((root / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = {CODEMETA: codemeta(cite, project), ZENODO: zenodo(cite)}
    return {name: json.dumps(text, indent=2, ensure_ascii=False) + "\n" for name, text in texts.items()}


def main() -> int:
    """Write them; return how many changed."""
    changed = 0
    for name, text in made().items():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{name} written")
            changed += 1
    return changed


if __name__ == "__main__":
    main()
