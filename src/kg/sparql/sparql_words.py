"""The words of SPARQL, and which one was meant where a query has another: an engine only lists what may stand there."""

from __future__ import annotations

from kg.sparql.query_text import tokens

_WORDS = """
    A ADJUST ABS ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY DEFINE DESC
    DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR HAVING HOURS IF
    IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LATERAL LCASE LIMIT MAX MD5 MIN MINUS
    MINUTES MONTH NAMED NIL NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM
    SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG
    STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE UNDEF UNION URI UUID VALUES VERSION
    WHERE YEAR
"""
#: The words of SPARQL 1.1 and 1.2: of its grammar, of its functions, and of its sums.
WORDS = frozenset(_WORDS.split())


def find_unknown(text: str) -> tuple[str, int, int] | None:
    """The first bare word of a query that SPARQL does not have, said with what may be meant, its line and its column.

    >>> find_unknown("SELECT ?s { ?s ?p ?o . FILTR(?s) }")
    ('FILTR is no word of SPARQL; did you mean FILTER?', 1, 24)
    >>> find_unknown("SELECT ?s { ?s kg:promotes cramp }")
    ('cramp stands bare; write kg:cramp, ?cramp or "cramp"', 1, 28)
    """
    import re
    from difflib import get_close_matches

    end = 0
    for match in tokens(text):
        if re.search("[\"']", text[end : match.start()]):
            return None  # a text that does not end: what follows is no part of the query
        end = match.end()
        word = match[0]
        if match.lastgroup == "word" and word.upper() not in WORDS:
            near = get_close_matches(word.upper(), WORDS, 1, 0.75)
            meant = (
                f"is no word of SPARQL; did you mean {near[0]}?"
                if near
                else f'stands bare; write kg:{word}, ?{word} or "{word}"'
            )
            before = text[: match.start()]
            return f"{word} {meant}", before.count("\n") + 1, match.start() - before.rfind("\n")
    return None
