"""The %%sparql cell magic, in a real IPython shell."""

import pytest
from IPython.testing.globalipapp import start_ipython

from kg import magic
from kg.errors import UsageError


@pytest.fixture(scope="module")
def shell(small):
    shell = start_ipython()
    magic._graphs[""] = small
    shell.run_line_magic("load_ext", "kg.magic")
    yield shell
    magic._graphs.clear()


def test_a_cell_is_a_query_whose_rows_are_the_answer(shell):
    rows = shell.run_cell_magic("sparql", "", "SELECT ?l { kg:muscle-cramp rdfs:label ?l }")
    assert rows.plain() == [["muscle cramp"]]


def test_a_name_keeps_the_answer(shell):
    assert shell.run_cell_magic("sparql", ">> kept", "ASK { kg:muscle-cramp a kg:Symptom }") is None
    assert shell.user_ns["kept"] is True


def test_a_mistake_is_one_line(shell, capsys):
    assert shell.run_cell_magic("sparql", "", "SELECT ?x {") is None
    assert capsys.readouterr().out.startswith("kg: line 1, column 12: ")


def test_a_name_that_is_none_is_told(shell):
    with pytest.raises(UsageError, match=r"'1x' is not a name for a variable; write %%sparql SOURCE >> name"):
        shell.run_cell_magic("sparql", ">> 1x", "ASK {}")
