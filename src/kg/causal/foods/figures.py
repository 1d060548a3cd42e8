"""Amounts as a reader gets them: three figures, since no table of foods is truer than that."""

from __future__ import annotations


def figures(amount: float) -> str:
    """An amount in three significant figures; whole numbers keep all of theirs. JSON and CSV have the amount as it was reckoned.

    >>> figures(888.5), figures(0.42483), figures(1752), figures(0.0008511)
    ('888', '0.425', '1752', '0.000851')
    """
    return f"{amount:.0f}" if amount >= 100 else f"{amount:.3g}"
