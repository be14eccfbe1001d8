"""A redline as it is written: struck and underlined in colour, with marks in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.cli.page import Mark, Marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scmtui.compare import Moved, Run

LEFT, RIGHT, BOTH = 0, 1, 2
"""What is written: the left text, the right text, or both as one."""

_STYLES = {"-": "9;31", "+": "4;32", "<": "9;36", ">": "4;36"}
"""Styles of ECMA-48: struck or underlined; red, green, and cyan at both ends of a move."""
_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}"), "<": ("[<", "<]"), ">": ("{>", ">}")}


def written(runs: Iterable[Run], side: int, moves: Sequence[Moved], *, styled: bool) -> Marked:
    """A side of a redline with what changed there, or both sides as one text.

    Where there are styles, what is gone or new needs no marks; what has moved has them all the
    same, since they name the other end: its address, or a number when that is in the same row.
    """
    text = ""
    marks: list[Mark] = []
    for run in runs:
        of_left = side == LEFT or (side == BOTH and run.op in "-<")
        piece = run.left if of_left else run.right
        body = piece.strip()
        if run.op in "=~" or not body:
            text += piece
            continue
        before, after = piece.split(body, 1)
        start = len(text) + len(before)
        opener, closer = ("", "") if styled and run.op in "-+" else _MARKS[run.op]
        text += before + opener + _other_end(run, moves) + body + closer
        marks.append(Mark(start, len(text), _STYLES[run.op]))
        text += after
    return Marked(text, tuple(marks))


def _other_end(run: Run, moves: Sequence[Moved]) -> str:
    """Where the other end of a move is; nothing for what has not moved."""
    if run.move is None or run.op in "-+":
        return ""
    if run.move > len(moves):
        return f"{run.move - len(moves)} "
    move = moves[run.move - 1]
    return f"{move.right if run.op == '<' else move.left} "
