import os
from collections.abc import Iterator

import pytest

from kg.build.store import ntriples
from kg.graph import Graph, opened
from tests.remote.servers import SERVERS, missing


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


@pytest.fixture
def remote(address) -> Graph:
    return opened(address, timeout=60)
