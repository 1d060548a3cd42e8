"""The version of the package and of the data, among whatever options of every command they are asked for."""

from __future__ import annotations

import os

from kg import locations

#: The options of every command that take a value.
WITH_VALUE = ("--source", "--format", "--timeout", "--lang")
#: The options of every command that stand alone, the version's own among them.
_ALONE = frozenset(("--version", "-V", "--quiet", "--provenance"))


def is_all(arguments: list[str]) -> bool:
    """Whether nothing but the version is asked for: there is no command, and no option that is unknown or lacks its value."""
    return _read(arguments) is not None


def _read(arguments: list[str]) -> dict[str, str] | None:
    """The values of the options; None where other words are among them."""
    values: dict[str, str] = {}
    words = iter(arguments)
    for word in words:
        name, mark, value = word.partition("=")
        if name in (*WITH_VALUE, "--release"):
            given = value if mark else next(words, None)
            if not given:
                return None
            values[name] = given
        elif word not in _ALONE:
            return None
    return values


def tell(arguments: list[str]) -> int:
    """Print the version of the package and that of the data: a hash of all its sources, alike wherever they are alike.

    The data is that of the repository which ``--source`` names; of another kind of graph there is no version.
    """
    source = (_read(arguments) or {}).get("--source", "")
    root = locations.home(source) if source else None
    data = ""
    if not source or root != locations.files():
        # A built store is named by that hash: where it is there, the sources need not be read again.
        store = locations.find_stamped(root)
        known = os.path.basename(store).removesuffix(".store") if store else locations.content_hash(root)
        data = f" (data {known[:12]})"
    print(f"kg {locations.__version__}{data}")
    return 0
