"""``python -m kg``."""

import os
import sys

from kg import locations

if __name__ == "__main__":
    if not os.path.isdir(os.path.join(locations.files(), "ontology")):  # python runs archives, and the graph is files
        print(f"kg: {locations.HERE}: no ontology and no data beside the program; install the wheel with pip", file=sys.stderr)
        sys.exit(2)
    from kg.cli import main

    sys.exit(main())
