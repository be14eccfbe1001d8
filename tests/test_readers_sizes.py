"""Files of more paragraphs and rules than a person writes: refused at once, or read in line."""

from __future__ import annotations

import time

import pytest

from scmtui import text
from scmtui.model import Document, ReadError
from scmtui.readers.contents import MOST_PARAGRAPHS, documents
from scmtui.readers.extracted import Task
from scmtui.readers.html.sheets import MOST_PARTS, MOST_RULES

MOST_TIME = 2.0
"""Seconds of the processor; what is refused takes a third of one on an idle machine."""
ONE = "양 장관은 하였다."


def _read(data: str, file: str) -> tuple[Document, ...]:
    return documents(data.encode(), Task(file, "", lambda _done, _total: None), text.RULES)


@pytest.mark.parametrize(
    ("data", "file", "why"),
    [
        (
            "\n".join(f"{it}. {ONE}" for it in range(1, MOST_PARAGRAPHS + 2)),
            "many.txt",
            f"more than {MOST_PARAGRAPHS} paragraphs",
        ),
        (
            f"<style>{'div ' * 20_000}{{display:none}}</style>{'<div>' * 200}<p>1. {ONE}</p>",
            "selector.html",
            "more rules of style",
        ),
        (
            f"<style>{'.a{color:red}' * (MOST_RULES + 1)}</style><p>1. {ONE}</p>",
            "rules.html",
            "more rules of style",
        ),
    ],
)
def test_more_than_a_person_writes_is_refused_at_once(data: str, file: str, why: str) -> None:
    begun = time.process_time()
    with pytest.raises(ReadError, match=why):
        _read(data, file)
    assert time.process_time() - begun < MOST_TIME


def test_a_long_list_and_a_long_selector_are_read() -> None:
    (document,) = _read(f"<ol>{f'<li>{ONE}</li>' * 500}</ol>", "list.html")
    assert [it.number for it in document.paragraphs] == list(range(1, 501))
    assert all(document.paragraph(it.number) is it for it in document.paragraphs)
    assert document.paragraph(0) is None
    assert document.paragraph(501) is None
    page = f"<style>{'div ' * (MOST_PARTS - 1)}p{{display:none}}</style><p>1. {ONE}</p>"
    assert _read(page, "fine.html")
