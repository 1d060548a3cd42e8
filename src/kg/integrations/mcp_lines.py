"""Lines on standard input that are no message of JSON-RPC: each is answered with an error, which the official package leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

#: JSON-RPC 2.0, section 5.1.
PARSE_ERROR, INVALID_REQUEST = -32700, -32600


def refuse_line(fault: Exception) -> tuple[int, str]:
    """Code and words of the error for a line that could not be read as a message.

    >>> refuse_line(ValueError("x"))
    (-32600, 'Invalid request: the line is JSON, but no message of JSON-RPC 2.0')
    """
    from pydantic import ValidationError

    if isinstance(fault, ValidationError) and any(one["type"] == "json_invalid" for one in fault.errors(include_url=False)):
        return PARSE_ERROR, "Parse error: the line is not JSON; write one message of JSON-RPC 2.0 on each line"
    return INVALID_REQUEST, "Invalid request: the line is JSON, but no message of JSON-RPC 2.0"


def is_blank(fault: Exception) -> bool:
    """Whether there was nothing in the line."""
    told: list[dict[str, Any]] = getattr(fault, "errors", list)()
    return bool(told) and not str(told[0].get("input", "x")).strip()


class Sifted:
    """The stream of messages, without the lines that are none; ``refuse`` gets the fault of each."""

    def __init__(self, lines: Any, refuse: Callable[[Exception], Awaitable[None]]) -> None:
        self.lines, self.refuse = lines, refuse

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lines, name)

    async def __aenter__(self) -> Self:
        await self.lines.__aenter__()
        return self

    async def __aexit__(self, *how: object) -> Any:
        return await self.lines.__aexit__(*how)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        while isinstance(one := await self.lines.__anext__(), Exception):
            if not is_blank(one):
                await self.refuse(one)
        return one
