"""XML from strangers: no DTD and so no entities, and caps on how deep and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from scmtui.model import ReadError
from scmtui.readers.package import damaged, unsafe

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from xml.etree.ElementTree import Element, TreeBuilder

    from scmtui.readers.extracted import Task

DEPTH = 200
"""Elements within one another; thirty tables in one another take so many."""
TAGS = 1_500_000
"""Marks of elements in one part; a book of five hundred pages has fewer, and they take 2 s."""
ASIDE = 400_000
"""The same for a part that holds no text: the lists, styles and settings of a document."""


class _Names(dict[str, str]):
    """Names with the prefix of their namespace, each made once."""

    def __init__(self, prefix: Callable[[str], str]) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        short = self[name] = (self._prefix(space) if space else "") + local
        return short


class _Gate:
    """Lets the elements of one part through to a tree, while they keep the rules."""

    def __init__(
        self, task: Task, prefix: Callable[[str], str], skipped: AbstractSet[str], tree: TreeBuilder
    ) -> None:
        self._task = task
        self._skipped = skipped
        self._tree = tree
        self._names = _Names(prefix)
        self._depth = 0
        self._skipping_from = 0
        """The depth of the element that is being skipped, or 0."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self._depth += 1
        if self._depth > DEPTH:
            raise ReadError(
                "“{file}” is nested too deeply to be read.",
                kept="Nothing was changed.",
                file=self._task.file,
            )
        if self._skipping_from:
            return
        short = self._names[name]
        if short in self._skipped:
            self._skipping_from = self._depth
        elif attributes:
            names = self._names
            self._tree.start(short, {names[key]: value for key, value in attributes.items()})
        else:
            self._tree.start(short, attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if not self._skipping_from:
            self._tree.end(self._names[name])
        elif self._skipping_from == self._depth:
            self._skipping_from = 0
        self._depth -= 1

    def data(self, text: str) -> None:
        """Take text between the marks of elements."""
        if not self._skipping_from:
            self._tree.data(text)

    def doctype(self, *_told: object) -> None:
        """Refuse a document type: documents have none, and it can name files and grow."""
        raise ReadError(
            "“{file}” holds definitions of its own (a DTD), which no document needs.",
            kept="Nothing was changed.",
            todo="Save it again with its own program.",
            file=self._task.file,
        )


def parse(
    data: bytes,
    task: Task,
    prefix: Callable[[str], str],
    skipped: AbstractSet[str] = frozenset(),
    most: int | None = None,
) -> Element:
    """The tree of a part of a document; names stand as `prefix(namespace) + local name`.

    Elements named in `skipped` are left out with all that is in them. Raises ReadError, among
    others when there are more than `most`, or else TAGS, marks of elements.
    """
    from xml.etree.ElementTree import TreeBuilder

    if data.count(b"<") > (most or TAGS):
        raise unsafe(task)
    tree = TreeBuilder()
    gate = _Gate(task, prefix, skipped, tree)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = gate.start
    parser.EndElementHandler = gate.end
    parser.CharacterDataHandler = gate.data
    parser.StartDoctypeDeclHandler = gate.doctype
    try:
        parser.Parse(data, True)
    except (ExpatError, ValueError, LookupError) as error:
        raise damaged(task) from error
    return tree.close()
