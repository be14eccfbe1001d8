"""What a format yields, and what it is given: the contract of all readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Remark


def _quiet(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Task:
    """What is known of a file before its text is: its name, and who wants to hear of progress."""

    file: str
    """The name, safe to show."""
    password: str = ""
    told: Callable[[int, int], None] = _quiet
    """Told how many pages, or other steps, are done, and of how many (0: not known)."""


class Extracted(NamedTuple):
    """The text of a file, line by line, numbers of lists included, and what was left out of it."""

    text: str
    dropped: tuple[Remark, ...] = ()
    """What is in the file and not in the text: headers, page numbers, hidden text."""
    doubts: tuple[Remark, ...] = ()
    """What may have been read wrongly; without addresses, which are not known yet."""
    rights: str = ""
    """What the file says of the rights to it, as a message of the interface in English."""
    origin: str = ""
    """What the file says of the address and the publisher it comes from, if it does."""
