"""HWP 5 documents of Hangul: what Hangul shows on its pages, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.language import _
from scmtui.readers.flow import LeftOut, extracted
from scmtui.readers.hwp.container import Container, undeciphered
from scmtui.readers.hwp.records import PARAGRAPH, tree
from scmtui.readers.hwp.shapes import Shapes
from scmtui.readers.hwp.story import Story

if TYPE_CHECKING:
    from scmtui.readers.extracted import Extracted, Task

_STEP = 100
"""Paragraphs after which whoever waits is told how far it is."""


def extract(data: bytes, task: Task) -> Extracted:
    """The text of an HWP document; headers, footers, comments and notes are left out and told.

    Raises ReadError when the file cannot be read, or not safely.
    """
    container = Container(data, task)
    left_out = LeftOut()
    shapes, whole = tree(container.information(), task)
    story = Story(Shapes(shapes), left_out)
    lines: list[str] = []
    for number, section in enumerate(container.sections(), 1):
        records, ended = tree(section, task)
        whole = whole and ended
        if container.distributed and not any(it.tag == PARAGRAPH for it in records):
            raise undeciphered(task)
        for done, record in enumerate(records):
            if not done % _STEP:
                task.told(number, 0)
            lines += story.lines([record])
    if not (whole and container.whole):
        left_out.doubt("damage", _("The file breaks off: text may be missing."))
    if container.records_changes:
        told = _("Changes are recorded in the file: text that was deleted may be among the rest.")
        left_out.doubt("changes", told)
    return extracted(lines, left_out, container.rights)
