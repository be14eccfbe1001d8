"""What is searched: a store of passages, with the names and the words in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scmtui.search.mistakes import Lexicon
from scmtui.search.names import Names

if TYPE_CHECKING:
    from pathlib import Path

    from scmtui.search.passages import Store


class Searched:
    """A store; its names and words are looked for when they are first needed."""

    def __init__(self, store: Store, aliases: Path | None = None) -> None:
        self.store = store
        self._aliases = aliases

    @cached_property
    def names(self) -> Names:
        """The names of the file of aliases and of the texts; none without a file."""
        return Names.load(self._aliases, self.store.names()) if self._aliases else Names(())

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the texts."""
        return Lexicon(self.store.runs())
