"""What may be said on the line of ``kg new``."""

from __future__ import annotations

from argparse import ArgumentParser

#: What a treatment claim may say beside in whom: option, and what it is.
TREATMENT = {"dose": "dose", "treated-for": "length", "endpoint": "measured end"}
RECORDS = ("claim", "evidence", "term", "source", "translation", "question", "check")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg new``."""
    parser.add_argument("record", choices=RECORDS, metavar="RECORD", help=", ".join(RECORDS))
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORD",
        help="SUBJECT RELATION OBJECT of a claim; TERM LANGUAGE LABEL of a translation; a label, title or name",
    )
    parser.add_argument("--read", metavar="TITLE", help="the source that was read: its title or words of it, or PMID:...")
    parser.add_argument("--stance", default="supports", help="supports (default), disputes or mixed")
    parser.add_argument("--indirect", action="store_true", help="the source speaks of something near the claim")
    parser.add_argument("--locator", default="", help="where in the source")
    parser.add_argument("--note", default="", help="what the source says, in your own words")
    parser.add_argument("--frequency", default="", help="of the effect by this source: obligate, veryFrequent, frequent ...")
    for name in ("onset", "reversibility"):
        parser.add_argument(f"--{name}", default="", help=f"{name} of the effect, as the source says it")
    parser.add_argument(
        "--only-when", action="append", default=[], metavar="TERM", help="a state or population that the claim requires"
    )
    parser.add_argument("--population", action="append", default=[], metavar="TERM", help="the people it applies to")
    parser.add_argument("--reading", default="", help="low or high: the value of a biomarker that indicates a state")
    for name, what in TREATMENT.items():
        parser.add_argument(f"--{name}", default="", help=f"{what} of a treatment, as the source says it")
    parser.add_argument("--rather-than", metavar="STATE", help="the rival state, for a claim that distinguishes")
    parser.add_argument("--kind", help="class of a term, such as Symptom")
    parser.add_argument("--definition", default="", help="one sentence in your own words")
    parser.add_argument("--synonym", action="append", default=[], help="a synonym (repeatable)")
    parser.add_argument(
        "--by", default="", metavar="WHO", help="who translated: an ORCID or a name (default: your own settings)"
    )
    parser.add_argument("--of", metavar="TERM", help="what the state is a state of")
    parser.add_argument(
        "--disease-of", metavar="STATE", help="the lack or excess whose own disease a condition is, as with scurvy"
    )
    parser.add_argument("--deviation", default="", help="low, high, impaired, damaged, disordered, altered or present")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PROPERTY=VALUE",
        help="a property of the ontology, for a term (repeatable)",
    )
    parser.add_argument("--study-kind", default="", help="Review, FactSheet, Guideline, RandomizedTrial ...")
    parser.add_argument("--access", default="", help="original, originalFirstPart, datasetCopy or otherSiteCopy")
    parser.add_argument("--url", default="", help="the address of the source")
    parser.add_argument("--identifier", action="append", default=[], help="such as DOI:10.1000/1, as the text shows it")
    parser.add_argument("--summary", default="", help="the question in one line")
    parser.add_argument("--name", default="", help="the local name of a term or source (default: made from its label or title)")
    parser.add_argument("--write", "--append", action="store_true", help="put the block in its file, and check it")
    parser.add_argument("--file", help="the file to write to (default: the one that fits)")
