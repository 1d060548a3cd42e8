"""Real SPARQL servers on loopback with the built graph loaded: Oxigraph, Apache Jena Fuseki, OpenLink Virtuoso.

Each is a context manager that gives the address of its endpoint, and ends what it started.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent.parent
FUSEKI = ROOT / "out" / "fuseki" / "jena-fuseki-server.jar"
#: What lives for a minute gains nothing from the second compiler, which takes most of its processor time.
JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
OXIGRAPH = Path(sys.executable).parent / "oxigraph"
GRAPH = "https://w3id.org/nutrition-kg/graph"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, answers: str) -> Iterator[None]:
    """A process, from when its endpoint answers until the block ends."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            wait_for(process, answers, folder / "server.log")
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


def wait_for(process: subprocess.Popen, address: str, log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode}: {log.read_text()[-2000:]}")
        try:
            with urlopen(f"{address}?query=ASK%7B%7D", timeout=10):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within a minute: {log.read_text()[-2000:]}")


@contextmanager
def oxigraph(data: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    store = str(folder / "store")
    subprocess.run([OXIGRAPH, "load", "--location", store, "--file", str(data)], check=True, capture_output=True, timeout=120)
    command = [str(OXIGRAPH), "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"]
    address = f"http://127.0.0.1:{port}/query"
    with running(command, folder, address):
        yield address


@contextmanager
def fuseki(data: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    command = [*JAVA, "-Xmx2g", "-jar", str(FUSEKI), "--port", str(port), "--localhost", f"--file={data}", "/kg"]
    address = f"http://127.0.0.1:{port}/kg/query"
    with running(command, folder, address):
        yield address


VIRTUOSO_INI = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = v-temp.db
TransactionFile = v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 1000000
"""


@contextmanager
def virtuoso(data: Path, folder: Path) -> Iterator[str]:
    """Its triples lie in a named graph, and its default graph holds its own besides: so the graph is named in the address."""
    sql, http = free_port(), free_port()
    (folder / "v.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http))
    (folder / "data").mkdir()
    shutil.copy(data, folder / "data" / "graph.nt")
    address = f"http://127.0.0.1:{http}/sparql"
    with running(["virtuoso-t", "-f", "-c", "v.ini"], folder, address):
        load = f"ld_dir('data', '*.nt', '{GRAPH}'); rdf_loader_run(); checkpoint;"
        isql = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"]
        subprocess.run(isql, check=True, capture_output=True, timeout=300, env={**os.environ})
        yield f"{address}?default-graph-uri={GRAPH}"


#: Each server with the programs it needs; what is missing is told by name.
SERVERS = {
    "oxigraph": (oxigraph, [OXIGRAPH]),
    "fuseki": (fuseki, ["java", FUSEKI]),
    "virtuoso": (virtuoso, ["virtuoso-t", "isql-vt"]),
}


def missing(name: str) -> str:
    """What the server of this name lacks on this machine; empty where it lacks nothing."""
    lacking = [str(program) for program in SERVERS[name][1] if not (Path(program).exists() or shutil.which(str(program)))]
    return ", ".join(lacking)
