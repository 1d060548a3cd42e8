"""The old address of :mod:`kg.sparql.results`, kept for one release."""

import sys
import warnings

from kg.sparql import results

warnings.warn("kg.results is now kg.sparql.results; this address goes with the next release", DeprecationWarning, stacklevel=2)
sys.modules[__name__] = results
