"""A good file of every format is read whole, and damaged ones are made of it the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from scmtui import text
from scmtui.readers import contents, detect
from scmtui.readers.extracted import Task
from tests.bench import fuzz, good

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("name", good.GOOD)
def test_it_is_read_whole(name: str) -> None:
    data = good.GOOD[name]()
    assert detect(data, name) == name.rpartition(".")[2]
    (document,) = contents.documents(data, Task(name), text.RULES)
    assert document.facts.title.startswith("제52차 한미안보협의회의")
    assert [it.number for it in document.paragraphs] == list(range(1, 21))
    first = [it.parts[0].text for it in document.paragraphs[1:-1]]
    tidied = [text.tidy(it, text.RULES) for it in good.paragraphs()[1:-1]]
    if not name.endswith(".txt"):  # whose lines are joined by guessing
        assert [a.split()[:6] for a in first] == [b.split()[:6] for b in tidied]
    written = "\n".join(part.text for it in document.paragraphs for part in it.parts)
    for hidden in ("숨긴 말", "지운 말", good.HEAD, good.NOTE, "처음"):
        assert hidden not in written


@pytest.mark.parametrize("name", good.GOOD)
def test_what_is_damaged_is_the_same_each_time(name: str) -> None:
    form = name.rpartition(".")[2]
    files = fuzz.samples(form, [SAMPLES / "office"])
    assert name in dict(files)
    made = [fuzz.mutation(form, files, 1, number) for number in range(30)]
    assert made == [fuzz.mutation(form, files, 1, number) for number in range(30)]
    kinds = {data[:4] == good.GOOD[name]()[:4] for data, its in made if its == name}
    assert True in kinds  # most are damaged inside, and still of their kind
