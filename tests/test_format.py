"""kg format: one Turtle style, comments kept, nothing said differently."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.authoring.turtle_format import format_turtle, tokens
from kg.build.read import quads
from kg.errors import DataError
from tests.command import kg

ROOT = Path(__file__).parent.parent
HEAD = "@prefix a: <http://a/> .\n"
UGLY = (
    "\ufeff@prefix   a:   <http://a/>.\r\n\r\n\r\n\r\n# about s\r\na:s a a:C;a:p a:o,a:q ;;  # why\r\n"
    '\ta:label "x"@en,"1"^^a:d , 1.5 ; # last\r\n a:n [a:x 1;a:y (1 2)], [] .\r\na:t a:e[\r\n a:x 1;a:y 2 # in\r\n;\r\na:z """a;\n b""" ].'
)
TIDY = '''@prefix a: <http://a/> .

# about s
a:s a a:C ;
    a:p a:o , a:q ;  # why
    a:label "x"@en , "1"^^a:d , 1.5 ;  # last
    a:n [ a:x 1 ; a:y ( 1 2 ) ] , [] .
a:t a:e [
        a:x 1 ; a:y 2  # in
        ;
        a:z """a;
 b"""
    ] .
'''


def test_every_irregularity_is_put_right_at_once():
    assert format_turtle(UGLY.encode(), "ugly.ttl").decode() == TIDY


def test_what_is_tidy_stays():
    assert format_turtle(TIDY.encode(), "tidy.ttl").decode() == TIDY


@pytest.mark.parametrize("path", sorted([*ROOT.glob("ontology/*.ttl"), *ROOT.glob("data/**/*.ttl")]), ids=lambda p: p.name)
def test_the_repository_is_in_its_own_style(path):
    text = path.read_bytes()
    assert format_turtle(text, str(path)) == text, "run kg format"


def test_an_empty_file_is_one_line_end():
    assert format_turtle(b"", "empty.ttl") == b"\n"


spaces = st.text(alphabet=" \t\n", min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(spaces, min_size=60, max_size=60), st.booleans())
def test_white_space_of_any_kind_says_the_same_and_formats_once(blanks, comments):
    gaps = iter(blanks)
    text = ""
    for token in tokens(TIDY):
        glued = token.text in ("^^", "a:d", "@en")
        text += ("" if glued else next(gaps)) + token.text + ("\n" if token.kind == "comment" else "")
        text += "# note\n" if comments and token.text == ";" else ""
    meaning = quads(text.encode(), "any.ttl")
    once = format_turtle(text.encode(), "any.ttl")
    assert quads(once, "any.ttl") == meaning
    assert format_turtle(once, "any.ttl") == once
    assert once.count(b"# note") == text.count("# note")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "a:s a:p a:o\na:t a:p a:o .\n", "x.ttl:3:1: "),
        (HEAD + "a:s b:p a:o .\n", "x.ttl:2:5: "),
        (HEAD + "<<<<<<< ours\na:s a:p a:o .\n=======\n>>>>>>> theirs\n", "x.ttl:2: conflict markers"),
        (HEAD + "a:s a:p 'é' .", "x.ttl:2: not UTF-8"),
    ],
)
def test_what_is_no_turtle_is_told_with_its_place(text, told):
    with pytest.raises(DataError) as caught:
        format_turtle(text.encode("latin-1"), "x.ttl")
    assert str(caught.value).startswith(told)


def test_the_command_checks_and_then_mends(tmp_path):
    (tmp_path / "ugly.ttl").write_bytes(UGLY.encode())
    (tmp_path / "tidy.ttl").write_text(TIDY)
    assert kg("format", "--check", ".", cwd=tmp_path) == (1, "./ugly.ttl\n", "1 file would change\n")
    assert (tmp_path / "ugly.ttl").read_bytes() == UGLY.encode()
    assert kg("format", ".", cwd=tmp_path) == (0, "./ugly.ttl\n", "1 file changed\n")
    assert (tmp_path / "ugly.ttl").read_text() == TIDY
    assert kg("format", "--check", ".", cwd=tmp_path) == (0, "", "0 files would change\n")


def test_a_broken_file_is_left_and_the_others_go_on(tmp_path):
    (tmp_path / "broken.ttl").write_text("a:s a:p")
    (tmp_path / "ugly.ttl").write_bytes(UGLY.encode())
    status, changed, told = kg("format", "broken.ttl", "gone.ttl", "ugly.ttl", cwd=tmp_path)
    assert (status, changed) == (2, "ugly.ttl\n")
    assert [line.split(":")[1] for line in told.splitlines()[:2]] == [" broken.ttl", " gone.ttl"]
    assert (tmp_path / "broken.ttl").read_text() == "a:s a:p"


def test_outside_a_repository_the_fix_is_told(tmp_path):
    told = "kg: no folders ontology and data here; name the files, or go to the top of the repository\n"
    assert kg("format", cwd=tmp_path) == (2, "", told)


def test_a_file_that_cannot_be_replaced_is_as_it_was(tmp_path, monkeypatch):
    from kg.cli import format as command_module

    path = tmp_path / "ugly.ttl"
    path.write_bytes(UGLY.encode())
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(Exception, match=r"ugly.ttl: No space left on device; the file is unchanged"):
        command_module._replace(str(path), b"new")
    assert path.read_bytes() == UGLY.encode()
    assert [file.name for file in tmp_path.iterdir()] == ["ugly.ttl"]
