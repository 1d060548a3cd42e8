"""What goes back once its cause is corrected, what may not, and in what time: as the claims on the way to it say."""

from __future__ import annotations

from typing import NamedTuple

#: How much of an effect may stay, by the class of its claim.
STAYS = {"reversible": 0, "partlyReversible": 1, "irreversible": 2}
#: The same in the words of a claim that has no class yet, looked for in this order.
_WORDS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (2, ("does not go back", "permanent")),
    (1, ("may stay", "may not go back", "irreversible", "only in part", "not in full", "for good")),
)


class Reversal(NamedTuple):
    """Whether an effect goes back: the class, the words of the source, and the time it takes."""

    reverses: str = ""
    words: str = ""
    recovery: str = ""

    @property
    def stays(self) -> int:
        """How much of the effect may stay: nothing that a source says (0), some of it (1), all of it (2)."""
        if self.reverses:
            return STAYS.get(self.reverses, 0)
        return next((grade for grade, said in _WORDS if any(words in self.words for words in said)), 0)

    @property
    def in_words(self) -> str:
        """What is said of it."""
        classes = {"irreversible": "does not go back", "partlyReversible": "goes back in part", "reversible": "goes back"}
        return "; ".join(filter(None, (self.words or classes.get(self.reverses, ""), self.recovery)))
