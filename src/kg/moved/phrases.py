"""The old address of :mod:`kg.grounding.phrases`, kept for one release."""

import sys
import warnings

from kg.grounding import phrases

warnings.warn(
    "kg.phrases is now kg.grounding.phrases; the old name goes away with the next release", DeprecationWarning, stacklevel=2
)
sys.modules[__name__] = phrases
