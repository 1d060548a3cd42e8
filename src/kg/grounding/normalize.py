"""Folding of names, so that a term is found however it is typed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψωµ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "u",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "sigma",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "u",
        ],
        strict=True,
    )
)
_MARKS = str.maketrans({**dict.fromkeys("_/,;:()[]", " "), **dict.fromkeys("'’‘‚`´.\"“”„«»‹›", None), **_GREEK})
#: Letters that a number belongs to, however they are joined: B-12, D-3, K-2, T-4, Q-10.
_NUMBERED = "bdkqt"


def fold(name: str) -> str:
    """The key under which a name is found: case, punctuation, typography, plural and British spelling do not matter.

    >>> fold("Paraesthesia") == fold("paresthesias")
    True
    >>> fold("Muscle-Cramps")
    'muscle cramp'
    >>> fold("Vit. B₁₂ – deﬁciency")
    'vitamin b12 deficiency'
    >>> fold("Mg²⁺"), fold("ω3 fatty acids")
    ('mg', 'omega 3 fatty acid')
    """
    if not name.isascii():
        name = plain(name)
    name = name.casefold()
    if not name.isascii():
        name = _part_greek(name)
    if "+" in name:
        name = _part_charges(name)
    if "omega" in name:
        name = name.replace("omega", "omega ")
    if "vit." in name:
        name = name.replace("vit.", "vit ")
    if "-" in name:
        name = _part_hyphens(name)
    words = name.translate(_MARKS).split()
    if "b" in words:
        words = list(_join_numbers(words))
    return " ".join([_words[word] for word in words])


def plain(text: str) -> str:
    """A text in its plainest letters: compatibility forms, accents, dashes and what cannot be seen do not matter.

    Marks that make another letter of one (vowels and tones of Thai and Hindi, the voiced kana, the short i of Russian) stay.

    >>> plain("Ｍénière‐D₃"), plain("かぎ") == plain("かき"), plain("мой")
    ('Meniere-D3', False, 'мой')
    """
    from unicodedata import category, normalize

    kept: list[str] = []
    for letter in normalize("NFKD", text).translate(_LIGATURES):
        kind = category(letter)
        if kind == "Pd" or letter in "\u2212\u2043":
            kept.append("-")
        elif kind == "Zs":
            kept.append(" ")
        elif kind == "Mn":
            if _makes_a_letter(letter, kept[-1] if kept else ""):
                kept.append(letter)
        elif kind not in ("Cf", "Cc") or letter in "\t\n\r":
            kept.append(letter)
    return normalize("NFC", "".join(kept))


#: Marks without a class of their own that change how a letter is drawn, not which it is: joiners and selectors of variants.
_VARIANTS = frozenset("\u034f\u180b\u180c\u180d\u180f" + "".join(map(chr, range(0xFE00, 0xFE10))))
#: Letters of Cyrillic that Unicode takes apart though readers do not.
_CYRILLIC = frozenset(("и\u0306", "И\u0306", "у\u0306", "У\u0306", "і\u0308", "І\u0308"))


def _makes_a_letter(mark: str, before: str) -> bool:
    """Whether a mark stands for a sound, by its combining class: accents have 200 and more, points of Hebrew and Arabic 10 to 36."""
    from unicodedata import combining

    place = combining(mark)
    return before + mark in _CYRILLIC or (place != 1 and not 10 <= place <= 36 and place < 200 and mark not in _VARIANTS)


#: Letters that no compatibility form parts: of two, with a stroke, and the i of Turkish without its dot.
_LIGATURES = str.maketrans(
    {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def without_umlauts(name: str, language: str) -> str:
    """A German name as it is typed where the keys are missing; empty where that is no other spelling.

    >>> without_umlauts("Müdigkeit", "de"), without_umlauts("Haut", "de"), without_umlauts("Müdigkeit", "tr")
    ('Muedigkeit', '', '')
    """
    written = name.translate(_UMLAUTS) if language.partition("-")[0] == "de" else name
    return written if written != name else ""


def _part_greek(name: str) -> str:
    """The name with a Greek letter that stands alone among others as a word of its own: ω3 and TNFα as ω-3 and TNF-α.

    The letter of micrograms stays with its unit, and words in Greek stay whole.
    """
    parted = []
    for at, letter in enumerate(name):
        alone = letter in _GREEK and _GREEK[letter] != "u" and not {name[at - 1 : at], name[at + 1 : at + 2]} & _GREEK.keys()
        parted.append(f" {letter} " if alone else letter)
    return "".join(parted)


#: Symbols of the elements that are met as ions in blood and food.
_IONS = "na|k|ca|mg|fe|zn|cu|mn|co|cr|cl|i|f|h|li|al"


def _part_charges(name: str) -> str:
    """The name without the charge of ions (Ca2+, Ca++, Fe(3+), Na+), and any other plus as a word of its own."""
    import re  # which most names do without

    name = re.sub(rf"(?<!\w)({_IONS})(?:\(?(?:\d?\++|\+\d)\)?)(?!\w)", r"\1 ", name)
    return name.replace("+", " + ")


def _part_hyphens(name: str) -> str:
    """The name with its hyphens as blanks, but for one that joins a letter and its number."""
    first, *rest = name.split("-")
    for part in rest:
        joined = first[-1:] in _NUMBERED and first[-1:] != "" and not first[-2:-1].isalnum() and part[:1].isdigit()
        first += part if joined else " " + part
    return first


def _join_numbers(words: list[str]) -> Iterable[str]:
    """The words with the number of a vitamin B joined to its letter."""
    waiting = False
    for word in words:
        if waiting:
            yield "b" + word if word.isdigit() and len(word) < 3 else "b"
            waiting = False
            if word.isdigit() and len(word) < 3:
                continue
        if word == "b":
            waiting = True
        else:
            yield word
    if waiting:
        yield "b"


class _Folded(dict[str, str]):
    """Words as they are folded, each worked out once: names share most of theirs."""

    def __missing__(self, word: str) -> str:
        folded = self[word] = _fold_word(word)
        return folded


_words = _Folded()


def _fold_word(word: str) -> str:
    if word in ("vit", "vits"):
        return "vitamin"
    # ae, oe and our are how British spelling differs in medicine: anaemia, oedema, colour.
    word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("fibre", "fiber").replace("yogh", "yog")
    if word.endswith(("isation", "ising", "ised")):
        word = word.replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word
