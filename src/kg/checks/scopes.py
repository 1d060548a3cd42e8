"""The closed list of words that limit what a source says: of what degree, in whom, in which form of an illness."""

from __future__ import annotations

import re
from typing import NamedTuple

#: What says that a limit is none: that others are meant too, or that it is only commonest there.
LOOSE = re.compile(
    r"above all|not only|\b(?:mostly|mainly|likelier|commonest|(?:most|more|a) common|especially|often|both|without dialysis)\b"
    r"|\b(?:more (?:in|so|frequent(?:ly)?)|(?:again|also|even|as) (?:in|with))\b|(?<!older )\badults\b"
)


class Scope(NamedTuple):
    """A kind of limit.

    Attributes:
        words: one of them stands in each text that says it.
        said: how a note or locator says it.
        own: how the names of the terms of a claim say it.
    """

    words: tuple[str, ...]
    said: re.Pattern[str]
    own: re.Pattern[str]


def _limit(words: str, phrase: str, own: str, alone: str = "") -> Scope:
    """A limit that is said by a phrase, or by words that are a whole sentence or part of a locator."""
    whole = rf"|(?:^|[.;,] )(?:{alone})(?=$|[.;])" if alone else ""
    return Scope(tuple(words.split(",")), re.compile(rf"\b(?:{phrase})\b{whole}"), re.compile(own))


_STATE = (
    "(?:lack|deficiency|deficits?|depletion|excess|disease|cases?|forms?|degree|stages?|failure|illness|malnutrition|malabsorption"
    "|infection)"
)
_DEGREE = "(?:severe|advanced|late|end[- ]stage)"
_CHILDREN = "(?:child(?:ren)?|infants?|newborns?|neonates|bab(?:y|ies)|toddlers|adolescents|teenagers)"
_OLDER = "(?:older (?:adults|people|persons|patients|men|women)|(?:the )?elderly(?: people| patients| adults)?)"
_SEXES = "(?:women|men|girls|boys)"
_ANIMALS = "(?:rats|mice|animals|rabbits|dogs|pigs|monkeys|chicks)"
#: A word between the preposition and the group. A number or an article counts a sample.
_ANY = "(?:(?!(?:the|an?|one|two|three|four|five|six|seven|eight|nine|ten) )[a-z-]+ )?"

SCOPES = (
    _limit(
        "severe,advanced,late ,end-stage,end stage,critically,in shock,septic shock",
        rf"(?:in|with|from|of|only|during) (?:the )?(?:more |most |very )?{_DEGREE} (?:(?:[a-z]+ )?{_STATE}|hyp(?:o|er)[a-z]+|an(?:ae|e)mia)"
        rf"|(?:if|when|where) (?:it is )?(?:further )?(?:severe|advanced)|in (?:septic )?shock|(?:in|of) the critically ill",
        r"severe|advanced|\blate\b|end.stage|shock|septic|critical",
        rf"{_DEGREE} {_STATE}(?: [^.;]+)?",
    ),
    _limit(
        "child,infant,newborn,neonat,baby,babies,toddlers,adolescents,teenagers",
        rf"(?:in|among|for|of) {_ANY}{_CHILDREN}|in premature babies",
        r"child|infant|newborn|neonat|\bbab(?:y|ies)|birth|puberty|adolesc|growing|fontanelle",
        _CHILDREN,
    ),
    _limit("older ,elderly", rf"(?:in|among|for|of) {_ANY}{_OLDER}", r"older|elder|\bage\b|\bageing", _OLDER),
    _limit(
        "pregnan,postmenopaus",
        r"(?:in|during|of|among) (?:early |late )?(?:pregnancy|pregnant women)|(?:in|among) (?:men and )?postmenopausal women",
        r"pregnan|maternal|birth|embryo|fetal|fetus|unborn|menopaus",
        "pregnancy|pregnant women",
    ),
    _limit(
        " men,women,girls,boys",
        rf"(?:in|among) {_ANY}{_SEXES}",
        r"wom[ae]n|\bm[ae]n\b|girl|boy|male|sex|menstru|testic|ovar",
        _SEXES,
    ),
    _limit(
        "acute,chronic",
        rf"(?:the|in|in the) (?:acute|chronic) (?:{_STATE}|picture|kind)|(?:acute|chronic) (?:hypo[a-z]+|low [a-z]+)",
        # an excess is either of both
        r"acute|chronic|excess|overload|hypervitaminosis|fluorosis",
        r"(?:acute|chronic)(?: form)?",
    ),
    _limit("dialysis", r"(?:on|in|during|under) (?:long-term )?(?:hemo)?dialysis(?: patients)?", r"dialysis", "dialysis"),
    _limit("type ", r"(?:in|with|of) type (?:1|2|one|two) diabetes", r"type [12]", r"type [12](?: diabetes)?"),
    _limit(
        "poisoning,overdose",
        r"(?:in|of|by) (?:acute )?(?:poisoning|overdose)",
        r"poison|overdose|toxic|excess|overload|hypervitaminosis|fluorosis",
        "poisoning|overdose",
    ),
    _limit(
        "rats,mice,animals,rabbits,dogs,pigs,monkeys,chicks,in vitro",
        rf"(?:in|of) (?:the )?{_ANY}{_ANIMALS}|in vitro",
        rf"\b{_ANIMALS}",
    ),
    _limit("combin,together with", r"(?:combined|taken together|in combination) with", r"combin|together|\bplus\b"),
)
