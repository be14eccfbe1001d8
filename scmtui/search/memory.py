"""A store in memory: the documents at hand, their streams made when they are first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.search.names import pairs
from scmtui.search.passages import Passage, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from scmtui.model import Document, Facts
    from scmtui.search.passages import Piece


class Memory:
    """The passages of documents in memory, in the order in which the documents were given."""

    def __init__(self, documents: Iterable[Document]) -> None:
        vocabulary = Vocabulary()
        self._held = [
            (
                document.facts,
                [Passage(document.facts, item, vocabulary) for item in document.paragraphs],
            )
            for document in documents
        ]
        self._names: frozenset[tuple[str, str]] | None = None

    @property
    def documents(self) -> Sequence[Facts]:
        """The facts of every document, in the order in which they were given."""
        return [facts for facts, _ in self._held]

    def passages(
        self, pieces: Sequence[Sequence[Piece]], documents: Container[str]
    ) -> Iterator[Passage]:
        """The paragraphs of these documents that contain, of each row of pieces, at least one."""
        rows = [row for row in pieces if row and all(piece.letters for piece in row)]
        for facts, passages in self._held:
            if facts.id in documents:
                left = passages
                for row in rows:
                    left = _having(left, row) if left else left
                yield from left

    def names(self) -> Iterable[tuple[str, str]]:
        """The pairs of a name and its abbreviation in all documents; read once."""
        if self._names is None:
            self._names = frozenset(
                pair
                for _, passages in self._held
                for passage in passages
                for text in passage.texts
                for pair in pairs(text)
            )
        return self._names


def _having(passages: list[Passage], row: Sequence[Piece]) -> list[Passage]:
    if len(row) == 1:
        return _with(passages, row[0])
    found = {id(passage) for piece in row for passage in _with(passages, piece)}
    return [passage for passage in passages if id(passage) in found]


def _with(passages: list[Passage], piece: Piece) -> list[Passage]:
    letters = piece.letters
    if piece.stream == "letters":
        return [passage for passage in passages if letters in passage.bare]
    return [passage for passage in passages if letters in passage.bare_initials]
