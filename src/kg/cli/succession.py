"""What the commands share that give a record up: the plan is shown, and written with --write."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace

from kg.authoring.succession import Plan
from kg.cli.written import problems

FORMATS = ("text", "json")


def add_options(parser: ArgumentParser) -> None:
    """The options of all four."""
    parser.add_argument("--reason", default="", help="the reason, in a few words; shown to anyone who uses the old name")
    parser.add_argument("--write", action="store_true", help="change the files (default: only say what would change)")


def finish(options: Namespace, root: str, plan: Plan) -> int:
    """Print what changes; write and check it where that is asked for."""
    paths = [os.path.normpath(path) for path in plan.draft.paths]
    if options.format == "json":
        rows = [
            {"id": row["id"], "how": row["how"], "replaced_by": row["replaced_by"].split("|") if row["replaced_by"] else []}
            for row in plan.rows
        ]
        changes = [{"record": record, "about": about} for record, about in plan.told]
        json.dump({"changes": changes, "retired": rows, "files": paths}, sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        for record, about in plan.told:
            print(f"{record}: {about}")
    status = 0
    if options.write:
        plan.draft.write()
        status = problems(root, plan.draft.paths)
    if not options.quiet:
        ending = f"written to {', '.join(paths)}" if options.write else f"nothing written; --write changes {', '.join(paths)}"
        print(f"kg: {len(plan.told)} changes; {ending}", file=sys.stderr)
    return status
