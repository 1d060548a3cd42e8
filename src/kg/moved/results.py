"""The old address of :mod:`kg.sparql.results`, kept for one release."""

import sys
import warnings

from kg.sparql import results

warnings.warn(
    "kg.results is now kg.sparql.results; the old name goes away with the next release", DeprecationWarning, stacklevel=2
)
sys.modules[__name__] = results
