"""Reads one export with the tools of others and prints what they found, as JSON. Runs in the environment of the readers.

python read.py WHAT FILE ...
"""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path


def graphml(path: str, jar: str) -> dict:
    """By GraphML's own schema, as JGraphT carries it, and by networkx and igraph."""
    import igraph
    import networkx
    import xmlschema

    with zipfile.ZipFile(jar) as packed:
        schema = xmlschema.XMLSchema(
            packed.read("graphml.xsd").decode(), locations={"http://www.w3.org/1999/xlink": packed.read("xlink.xsd").decode()}
        )
    errors = [str(error.reason) for error, _ in zip(schema.iter_errors(path), range(5), strict=False)]
    drawn = networkx.read_graphml(path, force_multigraph=True)
    walked = igraph.Graph.Read_GraphML(path)
    return {
        "errors": errors,
        "networkx": [drawn.number_of_nodes(), drawn.number_of_edges()],
        "igraph": [walked.vcount(), walked.ecount()],
        "signs": sorted({data["sign"] for _, _, data in drawn.edges(data=True)}),
        "labels": sorted(walked.vs["label"])[:3],
    }


def nanopub(path: str) -> dict:
    """By the official library: whether it is one, and what it is called once it is signed with a new key; nobody is asked."""
    import socket

    def refuse(*words, **named):
        raise AssertionError("the network is asked")

    socket.socket.connect = refuse
    from nanopub import Nanopub, NanopubConf, Profile

    someone = Profile(orcid_id="https://orcid.org/0000-0002-1825-0097", name="Josiah Carberry")
    found = Nanopub(rdf=Path(path), conf=NanopubConf(profile=someone))
    valid = found.is_valid
    found.sign()
    signed = {"signature": found.has_valid_signature, "trusty": found.has_valid_trusty, "name": str(found.source_uri)}
    return {"valid": valid, "assertion": sorted(map(str, found.assertion.predicates(unique=True))), **signed}


def biolink(*paths: str) -> list[dict]:
    """Each row by the class of the Biolink Model that it says it is of, with all columns that are Biolink's; for each pair of files."""
    import biolink_model.datamodel.pydanticmodel_v2 as model

    slots = {slot for value in vars(model).values() for slot in getattr(value, "model_fields", ())}
    return [_by_class(model, slots, pair) for pair in zip(paths[::2], paths[1::2], strict=True)]


def _by_class(model, slots: set[str], paths: tuple[str, str]) -> dict:
    problems: dict[str, int] = {}
    count = 0
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                count += 1
                cls = getattr(model, row["category"].removeprefix("biolink:"))
                values = {}
                for name, value in row.items():
                    if value and name in slots:
                        several = name in cls.model_fields and "list" in str(cls.model_fields[name].annotation).lower()
                        values[name] = value.split("|") if several else value
                try:
                    cls(**values)
                except ValueError as error:
                    for problem in error.errors():
                        key = f"{cls.__name__} {problem['loc']}: {problem['msg']}"
                        problems[key] = problems.get(key, 0) + 1
    return {"rows": count, "problems": problems}


def sssom(path: str) -> dict:
    """By sssom-py: its validation, and what it reads."""
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    read = parse_sssom_table(path)
    results = validate(read)
    errors = [str(problem) for report in results.values() for problem in report.results]
    return {"errors": errors, "rows": len(read.df), "prefixes": sorted(read.converter.get_prefixes() & {"HP", "kg", "UBERON"})}


def owl(path: str) -> dict:
    """By owlready2, which reads RDF/XML alone."""
    import owlready2

    read = owlready2.get_ontology(Path(path).absolute().as_uri()).load()
    return {"classes": len(list(read.classes())), "properties": len(list(read.object_properties()))}


def headers(folder: str) -> dict:
    """The headers of the questions, as YAML."""
    import yaml

    found = {}
    for path in sorted(Path(folder).glob("*.rq")):
        lines = [line[2:].removeprefix(" ") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#+")]
        found[path.stem] = yaml.safe_load("\n".join(lines))
    return found


def shapes(data: str, rules: str) -> dict:
    """By pySHACL."""
    import pyshacl
    import rdflib

    conforms, _, text = pyshacl.validate(rdflib.Graph().parse(data), shacl_graph=rdflib.Graph().parse(rules))
    return {"conforms": conforms, "text": text[:2000]}


if __name__ == "__main__":
    said, sys.stdout = sys.stdout, io.StringIO()  # some of them print
    answer = globals()[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(answer), file=said)
