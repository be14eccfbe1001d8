"""Frames are read as they are meant: cells of text, whatever stood in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color

from scmtui.tui.terminal.cells import Alphabet, Picture, PlainText, Style, style


def shown(picture: Picture) -> list[str]:
    """The text of each row; the right half of a wide character has none."""
    cells = picture.alphabet.cells
    return ["".join(cells[ord(letter)].text for letter in row) for row in picture.rows]


def test_a_frame_puts_pieces_at_their_places() -> None:
    picture = Picture(Alphabet(), 8, 2)
    picture.draw("\x1b[1;2H\x1b[1mSCM\x1b[0m 회\n\x1b[2;7Hab\x1b[2;3H")
    assert shown(picture) == [" SCM 회 ", "      ab"]
    assert picture.cursor == (1, 2)


def test_styles_are_kept_with_their_cells() -> None:
    alphabet = Alphabet()
    letters = alphabet.read("a\x1b[1;38;2;1;2;3;48;5;7mb\x1b[0mc")
    assert [alphabet.cells[ord(letter)].style for letter in letters] == [
        style(""),
        (frozenset("1"), "38;2;1;2;3", "48;5;7"),
        style(""),
    ]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("31;41", (frozenset(), "31", "41")),
        ("97;107", (frozenset(), "97", "107")),
        ("1;2;3;4;9", (frozenset("12349"), "", "")),
        ("38;5;200;48;2;10;20;30", (frozenset(), "38;5;200", "48;2;10;20;30")),
        ("999999999999;58", (frozenset(), "", "")),
    ],
)
def test_style_codes(codes: str, expected: object) -> None:
    assert style(codes) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_cells_are_counted_as_the_framework_counts_them(text: str) -> None:
    assert len(Alphabet().read(text)) == cell_len(text)


@given(
    st.text(st.sampled_from("\x1b\x07\x9b\x9d[]0;1mHJKABC\u00e9가\u0301\u200b‘\x7f\n"), max_size=40)
)
def test_no_control_character_is_ever_in_a_cell(text: str) -> None:
    picture = Picture(Alphabet(), 30, 3)
    picture.draw(f"\x1b[1;1H{text}\x1b[2;1H\x1b[1m{text}\x1b[0m\x1b[1;1H")
    assert all(len(row) == 30 for row in picture.rows)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in "".join(shown(picture)))


def test_marks_without_a_cell_stay_with_their_character() -> None:
    alphabet = Alphabet()
    assert [
        alphabet.cells[ord(c)].text for c in alphabet.read("e\u0301x\U0001f469\u200d\U0001f680")
    ] == [
        "e\u0301",
        "x",
        "\U0001f469\u200d\U0001f680",
        "",
    ]


def test_links_are_left_out() -> None:
    picture = Picture(Alphabet(), 6, 1)
    picture.draw("\x1b[1;1H\x1b]8;id=1;https://example.org\x1b\\\x1b[4mhere\x1b[0m\x1b]8;;\x1b\\!")
    assert shown(picture) == ["here! "]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("\x1b[1;2Hx", " x나다"),  # the left half is lost
        ("\x1b[1;1Hx", "x 나다"),
        ("\x1b[1;2H한", " 한 다"),  # two characters lose a half each
        ("\x1b[1;6Hx", "가나 x"),
        ("\x1b[1;6H한", "가나  "),  # no room for it
        ("\x1b[1;5Habcdef", "가나ab"),
        ("\x1b[1;7Habc", "가나다"),
        ("\x1b[9;1Habc", "가나다"),
        ("\x1b[0;0Habc", "가나다"),
    ],
)
def test_halves_and_edges(drawn: str, expected: str) -> None:
    picture = Picture(Alphabet(), 6, 1)
    picture.draw("\x1b[1;1H가나다")
    picture.draw(drawn)
    assert shown(picture) == [expected]
    assert len(picture.rows[0]) == 6


def test_text_without_a_place_is_nowhere() -> None:
    picture = Picture(Alphabet(), 4, 1)
    picture.draw("abc\x1b]0;title\x07")
    assert shown(picture) == ["    "]
    assert picture.cursor == (0, 0)


def test_another_size_keeps_what_fits() -> None:
    picture = Picture(Alphabet(), 5, 2)
    picture.draw("\x1b[1;1H\x1b[7m가나x\x1b[0m\x1b[2;1Habc")
    assert shown(picture.resized(3, 3)) == ["가 ", "abc", "   "]
    assert shown(picture.resized(7, 1)) == ["가나x  "]


def test_a_new_alphabet_forgets_the_cells_that_are_gone() -> None:
    picture = Picture(Alphabet(), 10, 1)
    for point in range(0xAC00, 0xAC00 + 300):
        picture.draw(f"\x1b[1;1H{chr(point)}")
    assert len(picture.alphabet) > 300
    again = picture.resized(10, 1)
    assert shown(again) == shown(picture)
    assert len(again.alphabet) < 10


def test_text_that_looks_like_drawing_is_text() -> None:
    hostile = [
        Segment("a\x1b[2J\x1b[5;5Hb\x9b1m", RichStyle(bold=True)),
        Segment("\x1b]52;c;eA==\x07"),
        Segment("확장"),
    ]
    plain = PlainText().apply(hostile, Color(0, 0, 0))
    assert [segment.text for segment in plain] == ["a[2J[5;5Hb1m", "]52;c;eA==", "확장"]
    assert [segment.style for segment in plain] == [segment.style for segment in hostile]
    assert sum(s.cell_length for s in plain) == sum(s.cell_length for s in hostile)
    assert PlainText().apply(plain, Color(0, 0, 0)) is plain


def test_a_reader_who_wants_no_colours_gets_none_but_keeps_the_rest() -> None:
    picture = Picture(Alphabet(coloured=False), 4, 1)
    picture.draw("\x1b[1;1H\x1b[1;38;2;1;2;3;48;5;9m가\x1b[0m")
    styles = {picture.alphabet.cells[ord(letter)].style for letter in picture.rows[0]}
    assert Style(frozenset({"1"})) in styles
    assert not any(style.foreground or style.background for style in styles)
