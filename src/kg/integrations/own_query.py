"""A query that comes from outside, run by a process of its own: it is ended at its deadline, and what it takes is bounded.

The words of the query are looked at before: what would fetch, and what the engine would not survive, is refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from kg.errors import EngineError, UsageError
from kg.server.http.problem_details import Problem
from kg.server.sparql import query_guard
from kg.sparql.query_text import refuse_updates

#: Bytes of an answer that are read at most.
_MOST = 8 << 20
_MEMORY = 2 << 30


def answer(source: str | None, query: str, limit: int, seconds: float) -> dict[str, Any]:
    """The answer as plain values: ``columns`` and ``rows``, ``answer`` of an ASK, or ``triples``.

    Raises:
        UsageError: a query that is refused or does not parse.
        EngineError: it ran too long, or its answer is too large.
    """
    try:
        query_guard.check(query)
    except Problem as problem:
        raise UsageError(f"the query was refused: {problem.detail}") from None
    command = [sys.executable, "-m", "kg", *(["--source", source] if source else []), "query", "-", "--timeout", f"{seconds:g}"]
    form = "nt" if refuse_updates(query) in ("CONSTRUCT", "DESCRIBE") else "json"
    command += ["--limit", str(limit + 1)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                [*command, "--format", form],
                input=query.encode("utf-8", "replace"),
                stdout=output,
                stderr=subprocess.PIPE,
                env=environment,
                timeout=seconds + 5,
                check=False,
                preexec_fn=_bound if os.name == "posix" else None,
            )
        except subprocess.TimeoutExpired:
            raise EngineError(f"the query ran longer than {seconds:g} s and was stopped; narrow it") from None
        if done.returncode < 0 or output.tell() >= _MOST:
            raise EngineError("the answer is too large, or the query made the engine fail; narrow it or add LIMIT")
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["the query could not be answered"]
            raise (UsageError if done.returncode == 2 else EngineError)(lines[-1].removeprefix("kg: "))
        output.seek(0)
        return _plain(output.read(), form, limit)


def _bound() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST, _MOST))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(output: bytes, form: str, limit: int) -> dict[str, Any]:
    if form == "nt":
        triples = output.decode().splitlines()
        return {"triples": triples[:limit], "more": len(triples) > limit}
    told = json.loads(output)
    if "boolean" in told:
        return {"answer": told["boolean"]}
    columns, rows = told["head"]["vars"], told["results"]["bindings"]
    values = [[row[name]["value"] if name in row else None for name in columns] for row in rows[:limit]]
    return {"columns": columns, "rows": values, "more": len(rows) > limit}
