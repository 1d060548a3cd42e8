"""What a client gives a tool wrongly is told in one line: which argument, what is wrong with it, and what the tool takes."""

from __future__ import annotations

from inspect import Parameter, signature
from typing import Any

from pydantic import ValidationError

from kg.errors import UsageError
from kg.integrations.mcp_tools import Tools

#: As many mistakes of one call are named.
_NAMED = 3


def take_known(tool: str, arguments: dict[str, Any], known: list[str]) -> dict[str, Any]:
    """The arguments of a call without those that are null and may be left out, which is how many clients leave them out.

    A tool that does not exist, and an argument that it does not take, are refused: what is misspelt would be left out without a word.

    Raises:
        UsageError: with the tools or arguments that there are.
    """
    if tool not in known:
        raise UsageError(f"{tool[:60]!r} is not a tool; the tools are {', '.join(known)}")
    takes = {name: one for name, one in signature(getattr(Tools, tool)).parameters.items() if name != "self"}
    unknown = next((name for name in arguments if name not in takes), None)
    if unknown is not None:
        raise UsageError(f"{tool} has no argument {unknown[:60]!r}; it takes {', '.join(takes) or 'none'}")
    return {name: value for name, value in arguments.items() if value is not None or takes[name].default is Parameter.empty}


def describe_mistakes(error: ValidationError) -> str:
    """What is wrong with the arguments of a call, in one line."""
    found: dict[str, str] = {}
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        place = ".".join(str(part) for part in one["loc"][:2]) or "arguments"
        found.setdefault(place, one["msg"][:1].lower() + one["msg"][1:])
    told = [f"{place}: {reason}" for place, reason in found.items()]
    more = f"; and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return " ".join("; ".join(told[:_NAMED]).split()) + more
