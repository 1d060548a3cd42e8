"""Export the whole graph as RDF, or its claims as tables and graphs.

kg export ttl > graph.ttl                  nt, nq, trig (a named graph for each claim), rdf12, jsonld
kg export csv -o claims.csv                one row for each claim; also graphml (without refuted claims)
kg export kgx -o folder                    Biolink Model: a table of nodes and one of edges
kg export kgx --ids mapped -o folder       public ids where a term has one; --ids public leaves out the terms that have none
kg export html -o graph.html               one page with the graph, its questions and an engine, which works from a file and offline
kg export ontology --as owl > kg.owl       the vocabulary alone, as ttl (default), owl (RDF/XML) or obo
kg export sssom > mappings.sssom.tsv       the mappings to public ontologies
kg export nanopub CLAIM > claim.trig       claims as nanopublications, for the official library to sign
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from kg.atomic import announce, refuse_ending, write, write_folder
from kg.cli.deadline import watch
from kg.errors import UsageError, of_system
from kg.export import FORMS, WITHOUT_GRAPHS, export_pieces
from kg.export.rdf import count_left_out
from kg.graph import connect
from kg.rdf.xml import note_replaced


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg export``."""
    parser.add_argument("form", metavar="FORMAT", help=", ".join(FORMS))
    parser.add_argument(
        "claims", nargs="*", metavar="CLAIM", help="for nanopub: the claims (default: all that are not refuted)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write (a folder for kgx; default: standard output)")
    parser.add_argument("--as", dest="style", metavar="FORM", help="the form of the ontology: ttl (default), owl, obo")
    parser.add_argument("--ids", metavar="KIND", help="the ids of kgx: own (default), mapped, public")


def run(options: Namespace) -> int:
    """Export and, where files were written, name them."""
    watch(options.timeout)
    more = _more(options)
    if options.form not in FORMS:
        export_pieces(connect(options.source), options.form)  # says which forms there are
    if options.output == "":
        raise UsageError("-o is empty; name a file, or leave it out")
    several = len(FORMS[options.form][2]) > 1
    if several and options.output in (None, "-"):
        raise UsageError(f"{options.form} consists of several files; name a folder with -o FOLDER")
    if options.output not in (None, "-") and not several:
        if options.output.endswith(os.sep):
            raise UsageError(f"{options.output} is a folder: name a file in it")
        refuse_ending(options.output, _endings(options))
    if options.lang is not None and options.form != "csv":
        raise UsageError(f"--lang {options.lang}: {options.form} holds all languages, or ids alone; it belongs to csv")
    graph = connect(options.source, options.timeout, options.lang)
    with note_replaced() as replaced:
        files = export_pieces(graph, options.form, **more)
    if options.form in WITHOUT_GRAPHS and (count := count_left_out(graph)):
        print(f"kg: {count:,} statements of named graphs are left out; kg export nq or trig includes them", file=sys.stderr)
    if replaced:
        print(f"kg: {replaced}", file=sys.stderr)
    if options.output in (None, "-"):
        sys.stdout.buffer.writelines(next(iter(files.values())))
        return 0
    for path in _write(options.output, files, graph.header.slug if several else ""):
        announce(path)
    return 0


def _write(output: str, files: dict[str, Iterable[bytes]], slug: str) -> list[str]:
    """Write the files, several into a folder and all or none, and return where they are."""
    try:
        if slug:
            named = [(name.replace("nutrition-kg", slug), pieces) for name, pieces in files.items()]
            return [os.path.join(output, name) for name in write_folder(output, named)]
        [pieces] = files.values()
        if os.path.lexists(output):
            write(output, pieces=pieces)
        else:
            write_folder(os.path.dirname(output) or ".", [(os.path.basename(output), pieces)])
        return [output]
    except BrokenPipeError:
        raise
    except OSError as error:
        raise of_system(output, error, "name a place that you can write to") from None


def _endings(options: Namespace) -> tuple[str, ...]:
    """The endings that a file of this form may have, the usual one first."""
    name = FORMS[options.form][2][0]
    usual = f".{options.style}" if options.style else os.path.splitext(name)[1]
    return (usual, *_ALSO.get(usual, ()))


#: Other endings of files of the same form.
_ALSO = {".ttl": (".turtle", ".n3"), ".jsonld": (".json",), ".graphml": (".xml",), ".owl": (".rdf", ".xml")}


def _more(options: Namespace) -> dict[str, str]:
    """The options of one form alone, checked before the graph is opened."""
    from kg.export.kgx import IDS
    from kg.export.ontology import FORMS as STYLES

    known = (("ontology", "style", "--as", STYLES), ("kgx", "ids", "--ids", IDS))
    given = {}
    if options.claims and options.form != "nanopub":
        raise UsageError(f"{options.claims[0]}: claims are named for kg export nanopub; leave them out")
    if not all(name.strip() for name in options.claims):
        raise UsageError("'' is not a name of a claim; kg term lists the claims of a term")
    if options.claims:
        given["claims"] = " ".join(options.claims)
    for form, name, option, values in known:
        value = getattr(options, name)
        if value is None:
            continue
        if options.form != form:
            raise UsageError(f"{option} belongs to kg export {form}; leave it out")
        if value not in values:
            raise UsageError(f"{option} {value}: choose one of {', '.join(values)}")
        given[name] = value
    return given
