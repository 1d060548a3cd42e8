"""Starts KGX's command without a network: what it fetches of the Biolink Model comes from the package biolink-model.

    python offline.py PREFIX=NAMESPACE ... -- validate -i tsv nodes.tsv edges.tsv

Runs in the environment of the readers (make readers), where this project is not installed. Prefixes given before ``--`` are added
to Biolink's context, as an integrator does who merges a graph that has ids of its own.
"""

import json
import sys
from importlib.resources import files
from types import SimpleNamespace


def main() -> None:
    """Give the libraries what they would fetch, then run KGX."""
    import requests
    from bmt import toolkit

    at = sys.argv.index("--")
    model = files("biolink_model")
    prefixes = json.loads(model.joinpath("prefixmaps").joinpath("biolink_model_prefix_map.json").read_text(encoding="utf-8"))
    prefixes |= dict(pair.split("=", 1) for pair in sys.argv[1:at])

    def get(address: str) -> SimpleNamespace:
        if address.endswith("predicate_mapping.yaml"):
            return SimpleNamespace(text="predicate mappings: []\n")
        if address.endswith("context.jsonld"):
            return SimpleNamespace(json=lambda: {"@context": prefixes})
        raise OSError(f"{address}: nothing is fetched in the tests")

    requests.get = get
    schema = str(model.joinpath("schema").joinpath("biolink_model.yaml"))
    toolkit.Toolkit.__init__.__defaults__ = (schema, toolkit.PREDICATE_MAP)

    from kgx.cli import cli  # it fetches when it is imported

    cli(sys.argv[at + 1 :], prog_name="kgx")


if __name__ == "__main__":
    main()
