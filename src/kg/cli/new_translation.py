"""``kg new translation TERM TAG LABEL``: the names of a term in another language, as a row of ``data/languages/TAG.tsv``."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from kg.atomic import write
from kg.authoring import translate
from kg.authoring.lookup import connect_records
from kg.authoring.naming import refuse_unseen
from kg.build import translations
from kg.checks import validate
from kg.checks.known import validate_unless_known
from kg.errors import UsageError


def run(options: Namespace, root: str) -> int:
    """Print the row, or write it to its table and check that."""
    if len(options.words) != 3:
        raise UsageError("say the term, the language and the label, as in kg new translation 'muscle cramp' de Muskelkrampf")
    name, tag, label = options.words
    tag = translate.check_tag(tag)
    refuse_unseen([label, *options.synonym, *filter(None, [options.definition])])
    graph = connect_records(root)
    words = translate.Words(label, options.synonym, options.definition, options.by)
    row = translate.row_of(graph, graph.term(name).iri, tag, words)
    path = os.path.normpath(translations.path(root, tag))
    before = translate.read_language(root, tag).get(row["id"])
    if before is not None:
        raise UsageError(
            f"{path}: {row['id']} has the label {before['label']!r} there; change that row, or take a sheet: kg import"
        )
    text = translate.text_with(root, tag, [row])
    if not options.write:
        print("\t".join(row.values()))
        print(f"kg: it belongs in {path}; --write puts it there", file=sys.stderr)
        return 0
    os.makedirs(os.path.dirname(path), exist_ok=True)
    write(path, text.encode())
    line = next(number for number, one in enumerate(text.split("\n"), 1) if one.startswith(f"{row['id']}\t"))
    print(f"{path}:{line}")
    problems = validate_unless_known(validate, root, [path], learn=False)
    for problem in problems:
        print(problem, file=sys.stderr)
    return int(bool(problems))
