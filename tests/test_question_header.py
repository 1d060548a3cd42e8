"""Headers of questions are read as YAML reads them, or refused with the number of the line."""

import pytest

from kg.sparql.question_header import Header

#: Each value as it is written, and as it is read; line ends of blocks become blanks, since a value stands on one line.
READ = {
    "foods of one's own": "foods of one's own",
    '"a: b # \\"c\\" \\\\ \\u00e9\\x21"': 'a: b # "c" \\ é!',
    "'it''s: so'": "it's: so",
    "'a' # told aside": "a",
    ">-\n  one\n  two: three": "one two: three",
    "> # folded\n  one\n  two": "one two",
    "|\n  one\n\n  two": "one two",
    "|2-\n  one": "one",
    "one\n  two\n   three": "one two three",
    '"one\n  two"': "one two",
    "\n  one two": "one two",
    "[a, 'b, c', \"d\"]": "[a, b, c, d]",
    "[a,\n  b]": "[a, b]",
    "\n- a\n- 'b'": "[a, b]",
    "\n  - a\n  - b": "[a, b]",
    "-1 or less": "-1 or less",
    "https://example.org/a#b": "https://example.org/a#b",
    "": "",
}


@pytest.mark.parametrize("written", READ)
def test_a_value_is_read_as_yaml_reads_it(written):
    lines = f"# aside\nsummary: first\nvalue: {written}\n---\n'last': end".split("\n")
    header = Header("".join(f"#+ {line}\n" for line in lines) + "SELECT * {}")
    assert header.values == {"summary": "first", "value": READ[written], "last": "end"}
    assert header.faults == []


@pytest.mark.parametrize(
    ("written", "line", "fix"),
    [
        ("value: a: b", 2, "write the value in quotes"),
        ("value: a # b", 2, "write the value in quotes"),
        ("value: &anchor a", 2, "write the value in quotes"),
        ("value: *anchor", 2, "write the value in quotes"),
        ("value: !tag a", 2, "write the value in quotes"),
        ("value: {a: b}", 2, "write the value in quotes"),
        ("value: 'open", 2, "write the value in quotes, and close them"),
        ('value: "a" b', 2, "write the value in quotes, and nothing after them"),
        ('value: "\\u00g1"', 2, "\\u is followed by 4 hexadecimal digits"),
        ("value: [a, [b]]", 2, "write a list as [one, two], each in quotes where it holds a mark"),
        ("value: [a", 2, "write a list as [one, two], each in quotes where it holds a mark"),
        ("value:\n  inner: a", 2, "write the value in quotes"),
        ("value:b", 2, "write key: value"),
        ("no colon", 2, "write key: value"),
        ("? value", 2, "write key: value"),
        ("- value: a", 2, "write key: value"),
        ("value: a\nother: b\nvalue: c", 4, "the key value stands twice; keep one"),
    ],
)
def test_the_rest_of_yaml_is_refused_with_its_line(written, line, fix):
    lines = ["summary: first", *written.split("\n")]
    header = Header("".join(f"#+ {line}\n" for line in lines))
    assert header.faults == [(line, fix)]
    assert header.values["summary"] == "first"
