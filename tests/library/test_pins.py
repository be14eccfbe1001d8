from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.library import Library
from scmtui.model import Address
from scmtui.positions import Position

if TYPE_CHECKING:
    from pathlib import Path

THIRD = Position(Address("52", 12), "장관들은", "", "")
ONE = Position(Address("52", 11), "양 장관은", "앞", "뒤")
OTHER = Position(Address("57-article", 2), "이번 공동성명은", "", "")


def test_pins_come_back_in_the_next_session(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.set_pin(ONE, OTHER, together=True)
    library.close()
    assert Library(tmp_path).pins() == [(ONE, OTHER, True)]


def test_a_pair_has_one_pin_the_last_one(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.set_pin(ONE, OTHER, together=True)
    library.set_pin(ONE, OTHER, together=False)
    assert library.pins() == [(ONE, OTHER, False)]


def test_a_pin_is_undone_and_redone(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.set_pin(ONE, OTHER, together=True)
    library.undo()
    assert library.pins() == []
    library.redo()
    assert library.pins() == [(ONE, OTHER, True)]


def test_pairs_parted_together_come_back_together(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.set_pin(ONE, OTHER, together=True)
    library.set_pins([(ONE, OTHER), (THIRD, OTHER)], together=False)
    parted = [(ONE, OTHER, False), (THIRD, OTHER, False)]
    for _turn in range(2):
        assert library.pins() == parted
        library.undo()
        assert library.pins() == [(ONE, OTHER, True)]
        library.redo()
    assert library.pins() == parted


def test_no_pairs_are_no_change(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.set_pins([], together=False)
    assert library.undo() is None
