"""The old address of :mod:`kg.sparql.library`, kept for one release."""

import sys
import warnings

from kg.sparql import library

warnings.warn(
    "kg.library is now kg.sparql.library; the old name goes away with the next release", DeprecationWarning, stacklevel=2
)
sys.modules[__name__] = library
