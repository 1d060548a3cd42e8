"""What twenty command lines print on the small graph, as tests/command_lines.txt keeps it: ``python -m tests.command_lines``."""

import contextlib
import io
import shlex
import sys
import tempfile
from pathlib import Path

from kg.cli import main
from kg.export import export_graph
from tests.answer import small

KEPT = Path(__file__).parent / "command_lines.txt"
LINES = """\
kg query contents --format csv
kg query foods_richest_in --nutrient magnesium --format csv
kg query causes_of --finding 'muscle cramp' --format json
kg query statements --format tsv
kg query -e 'SELECT ?s { kg:magnesium-deficiency kg:promotes ?s }' --format csv
kg query -e 'ASK { kg:magnesium a kg:Mineral }'
kg query pathway --cause 'magnesium deficiency' --effect 'muscle cramp' --format nt
kg paths 'magnesium deficiency' 'muscle cramp'
kg paths 'magnesium deficiency' 'muscle cramp' --format json
kg paths 'magnesium deficiency' 'muscle cramp' --format csv --limit 1
kg explain 'muscle cramp'
kg explain 'muscle cramp' --absent 'muscle tightness' --format json
kg correct 'magnesium deficiency'
kg correct --for 'muscle cramp' --format json
kg term magnesium
kg term 'muscle cramp' --format json
kg claim hypomagnesemia_promotes_muscle-cramp
kg find magnesium --format csv
kg paths 'magnesium deficency' 'muscle cramp'
kg query foods_richest_in --nutrent magnesium
""".splitlines()


def printed(line: str, source: str) -> str:
    """Return the exit status and everything that a command line prints."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["--source", source, *shlex.split(line)[1:]])
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8").replace("\r\n", "\n"))
    lines = [f"$ {line}", f"status {status}", *texts[0].splitlines(), *(f"! {one}" for one in texts[1].splitlines())]
    return "\n".join(one.rstrip() for one in lines) + "\n"


def written(folder: Path) -> str:
    """Write the small graph to a file in ``folder`` and return it with the name of a source."""
    graph = folder / "small.nt"
    graph.write_bytes(export_graph(small(folder / "repository"), "nt")["nutrition-kg.nt"])
    return str(graph)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        source = written(Path(place))
        sys.__stdout__.write("\n".join(printed(line, source) for line in LINES))
