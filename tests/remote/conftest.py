import os
from collections.abc import Iterator

import pytest

from kg.build.store import ntriples
from kg.graph import Graph, connect
from tests.remote.servers import ROOT, SERVERS, missing, oxigraph


@pytest.fixture(scope="session")
def exported(real, tmp_path_factory):
    path = tmp_path_factory.mktemp("exported") / "nutrition-kg.nt"
    path.write_bytes(ntriples(real.engine.store))
    return path


@pytest.fixture(scope="session", params=list(SERVERS))
def address(request, exported, tmp_path_factory) -> Iterator[str]:
    """The endpoint of a real server that holds the real graph; it must be there in continuous integration."""
    lacking = missing(request.param)
    if lacking and not os.environ.get("CI"):
        pytest.skip(f"{request.param} is not on this machine: {lacking}; .ci/run installs it")
    assert not lacking, lacking
    serve = SERVERS[request.param][0]
    with serve(exported, tmp_path_factory.mktemp(request.param)) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def wikidata(tmp_path_factory) -> Iterator[str]:
    """A stand-in for Wikidata: Oxigraph's server with a few items of its shape."""
    if missing("oxigraph") and not os.environ.get("CI"):
        pytest.skip(f"oxigraph is not on this machine: {missing('oxigraph')}; .ci/run installs it")
    with oxigraph(ROOT / "tests" / "federated" / "wikidata.ttl", tmp_path_factory.mktemp("wikidata")) as endpoint:
        yield endpoint


@pytest.fixture
def remote(address) -> Graph:
    return connect(address, timeout=60)
