"""The rows of a comparison that are shown: found, counted, mapped without looking at all."""

from __future__ import annotations

import pytest

from scmtui import corpus, themes
from scmtui.compare import compare
from scmtui.model import Address
from scmtui.tui.listing import Listings, Shown
from scmtui.tui.pairs import Fold, Pair
from tests.bench.copies import long_pair


class StoppedError(Exception):
    """The reader has gone."""


@pytest.fixture(scope="module")
def listings() -> Listings:
    """Sixty paragraphs beside a changed copy, made ready as far as it goes."""
    base, other = long_pair(corpus.document("52"), 60)
    made = Listings(compare(base, other, themes.load(corpus.assets() / "themes.toml")))
    shares: list[float] = []
    made.find_themes(shares.append)
    made.find_moves(shares.append)
    assert shares
    assert all(0 <= share <= 1 for share in shares)
    return made


def covers(shown: Shown, index: int, number: int) -> bool:
    item = shown.items[index]
    pairs = item.pairs if isinstance(item, Fold) else [item]
    return any(pair.number == number for pair in pairs)


def test_every_row_is_found_whole_and_folded(listings: Listings) -> None:
    every = listings.about("")
    for shown in (every.whole, every.folded):
        for pair in listings.pairs:
            index = shown.at(pair.number)
            assert index is not None
            assert covers(shown, index, pair.number)


def test_every_paragraph_is_in_the_row_that_is_found_for_it(listings: Listings) -> None:
    every = listings.about("")
    for pair in listings.pairs:
        for address in (*pair.row.left, *pair.row.right):
            assert every.has(address) == pair.number
    assert every.has(Address("52", 1)) is None
    assert every.has(Address(listings.comparison.base.id)) is None


def test_a_theme_has_its_rows_and_what_is_not_among_them_the_next_one(listings: Listings) -> None:
    about = listings.about("opcon")
    rows = listings.comparison.narrowed("opcon")
    assert tuple(pair.row for pair in about.pairs) == rows
    assert about.counts == listings.comparison.counts(rows)
    numbers = [pair.number for pair in about.pairs]
    missing = next(n for n in range(numbers[0], numbers[-1]) if n not in numbers)
    row = listings.pairs[missing].row
    address = (row.left or row.right)[0]
    assert about.has(address) is None
    assert about.near(address) == missing
    index = about.whole.at(missing)
    assert index is not None
    assert about.pairs[index].number == min(n for n in numbers if n > missing)
    assert about.whole.at(len(listings.pairs)) == len(about.pairs) - 1
    assert listings.about("no such theme").pairs == ()
    assert Shown(()).at(3) is None


@pytest.mark.parametrize("folds", [False, True])
def test_walking_the_changes_misses_none(listings: Listings, folds: bool) -> None:
    every = listings.about("")
    shown = every.folded if folds else every.whole
    wanted = [n for n, it in enumerate(shown.items) if isinstance(it, Pair) and it.changed]
    found, at = [], -1
    while (after := shown.next_change(at, 1)) is not None:
        found.append(after)
        at = after
    assert found == wanted
    back, at = [], len(shown.items)
    while (before := shown.next_change(at, -1)) is not None:
        back.append(before)
        at = before
    assert back[::-1] == wanted


@pytest.mark.parametrize("height", [5, 17, 200])
def test_the_map_shows_every_change_however_low_it_is(listings: Listings, height: int) -> None:
    shown = listings.about("").whole
    marks = shown.marks(height)
    assert len(marks) == height
    count = len(shown.items)
    for number, pair in enumerate(listings.pairs):
        lines = range(height) if count > height else range(count)
        line = next(
            y
            for y in lines
            if (
                y * count // height <= number < (y + 1) * count // height
                if count > height
                else y == number
            )
        )
        if pair.changed:
            assert marks[line] != " "
        elif count <= height:
            assert marks[line] == " "


def test_redlines_made_before_the_moves_were_known_are_made_anew() -> None:
    base, other = long_pair(corpus.document("52"), 60)
    taxonomy = themes.load(corpus.assets() / "themes.toml")
    made = Listings(compare(base, other, taxonomy))
    before = [pair.runs for pair in made.pairs]
    assert not made.comparison.moves_known
    made.find_moves(lambda _share: None)
    assert made.comparison.moves
    assert [pair.runs for pair in made.pairs] == before
    made.draw_anew()
    assert [pair.runs for pair in made.pairs] != before


def test_long_work_stops_when_the_reader_has_gone() -> None:
    base, other = long_pair(corpus.document("52"), 60)
    taxonomy = themes.load(corpus.assets() / "themes.toml")

    def gone(_share: float) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        compare(base, other, taxonomy, (), gone)
    made = Listings(compare(base, other, taxonomy))
    for find in (made.find_themes, made.find_moves):
        with pytest.raises(StoppedError):
            find(gone)
    assert not made.are_ready
