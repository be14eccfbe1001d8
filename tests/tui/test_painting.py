"""What is sent instead of a frame leaves the terminal as the frame would have left it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from scmtui.tui.terminal.cells import PLAIN, Alphabet, Picture, on_blank, style
from scmtui.tui.terminal.painting import Painter, Scroll, Terminal, change, find_scroll

WIDTH, HEIGHT = 24, 9
LOST = "▒"
"""What the strict terminal leaves where a terminal may do as it likes."""
TOKEN = re.compile(r"\x1b\[([\d;]*)([A-Za-z])|([^\x00-\x1f\x7f-\x9f]+)|(\n)")

Pen = tuple[frozenset[str], str, str]
Place = tuple[str, Pen]
NOTHING: Pen = (frozenset(), "", "")
BLANK: Place = (" ", NOTHING)
CODES = {
    "H": "move",
    "G": "to_column",
    "C": "forward",
    "K": "erase_line",
    "X": "erase",
    "m": "wear",
    "r": "set_region",
    "S": "scroll_up",
    "T": "scroll_down",
}
DOUBTFUL = "‘’·é─"
OFF = {"22": "12", "23": "3", "24": "4", "25": "56", "27": "7", "28": "8", "29": "9"}


@dataclass
class StrictTerminal:
    """A terminal that knows a handful of codes, fails on any other, and forgives nothing.

    A wide character that loses a half leaves rubbish in the other, rows that scroll in are
    rubbish, and after a character of doubtful width the cursor may be anywhere.
    """

    coloured: bool = True
    strict: bool = True
    rows: list[list[Place]] = field(default_factory=lambda: [[BLANK] * WIDTH] * HEIGHT)
    y: int = 0
    x: int = 0
    adrift: bool = False
    pen: Pen = NOTHING
    region: tuple[int, int] = (0, HEIGHT)

    def feed(self, data: str) -> None:
        self.rows = [list(row) for row in self.rows]
        at = 0
        while at < len(data):
            token = TOKEN.match(data, at)
            assert token, f"not known to this terminal: {data[at : at + 20]!r}"
            at = token.end()
            if token[3]:
                self.print(token[3])
            elif token[2]:
                numbers = [int(number or 0) for number in token[1].split(";")]
                getattr(self, CODES[token[2]])(numbers, token[1])

    def print(self, text: str) -> None:
        for start, end, width in split_graphemes(text)[0]:
            doubtful = text[start] in DOUBTFUL
            assert doubtful or not self.adrift, "the cursor's place is not known"
            if not width or self.x + width > WIDTH:
                continue
            self.clear(self.x, self.x + width)
            self.rows[self.y][self.x] = (text[start:end], self.pen)
            if width == 2:
                self.rows[self.y][self.x + 1] = ("", self.pen)
            self.x += width
            self.adrift = self.strict and doubtful

    def clear(self, start: int, end: int, place: Place | None = None) -> None:
        row = self.rows[self.y]
        for x, other in ((start, start - 1), (end, end)):
            if x < WIDTH and row[x][0] == "":
                row[other] = (LOST if self.strict else " ", row[other][1])
                row[x] = (LOST if self.strict else " ", row[x][1])
        if place:
            row[start:end] = [place] * (end - start)

    def erased(self) -> Place:
        return (" ", (frozenset(), "", self.pen[2] if self.coloured else ""))

    def move(self, numbers: list[int], _: str) -> None:
        self.adrift = False
        self.y, self.x = (max(number, 1) - 1 for number in numbers)
        assert self.y < HEIGHT
        assert self.x < WIDTH

    def to_column(self, numbers: list[int], _: str) -> None:
        self.adrift = False
        self.x = numbers[0] - 1

    def forward(self, numbers: list[int], _: str) -> None:
        assert not self.adrift, "the cursor's place is not known"
        assert numbers[0] > 0
        self.x += numbers[0]

    def erase_line(self, numbers: list[int], _: str) -> None:
        assert numbers == [0]
        self.erase([WIDTH - self.x], "")

    def erase(self, numbers: list[int], _: str) -> None:
        assert not self.adrift, "the cursor's place is not known"
        end = self.x + numbers[0]
        if self.strict:
            ends = [*self.rows[self.y][self.x :][:1], *self.rows[self.y][end:][:1]]
            assert all(text for text, _ in ends), "half of a wide character is erased"
        self.clear(self.x, end, self.erased())

    def wear(self, _: list[int], codes: str) -> None:
        attributes, foreground, background = set(self.pen[0]), *self.pen[1:]
        for code in re.findall(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+|^(?=;|$)", codes):
            if code in ("", "0"):
                attributes, foreground, background = set(), "", ""
            elif code in OFF:
                attributes -= set(OFF[code])
            elif code[0] == "3" and len(code) > 1:
                foreground = "" if code == "39" else code
            elif code[0] == "4" and len(code) > 1:
                background = "" if code == "49" else code
            else:
                attributes.add(code)
        self.pen = (frozenset(attributes), foreground, background)

    def set_region(self, numbers: list[int], codes: str) -> None:
        self.region = (numbers[0] - 1, numbers[1]) if codes else (0, HEIGHT)
        assert 0 <= self.region[0] < self.region[1] - 1 < HEIGHT
        self.y = self.x = 0

    def scroll_up(self, numbers: list[int], _: str) -> None:
        top, bottom = self.region
        fresh = [[(LOST, NOTHING)] * WIDTH for _ in range(numbers[0])]
        self.rows[top:bottom] = [*self.rows[top + numbers[0] : bottom], *fresh]

    def scroll_down(self, numbers: list[int], _: str) -> None:
        top, bottom = self.region
        fresh = [[(LOST, NOTHING)] * WIDTH for _ in range(numbers[0])]
        self.rows[top:bottom] = [*fresh, *self.rows[top : bottom - numbers[0]]]

    def seen(self) -> list[list[Place]]:
        """What a reader can see: of a blank cell, its background unless an attribute shows more."""
        return [[_seen(*place) for place in row] for row in self.rows]


def _seen(text: str, pen: Pen) -> Place:
    plain_blank = text == " " and not pen[0] & set("479")
    return (text, (frozenset(), "", pen[2])) if plain_blank else (text, pen)


class Line:
    """A driver's two ends: frames go in, and two terminals show what comes of them."""

    def __init__(self, *, coloured: bool = True, scrolls: bool = True) -> None:
        self.picture = Picture(Alphabet(), WIDTH, HEIGHT)
        self.have = list(self.picture.rows)
        self.painter = Painter(self.picture.alphabet, Terminal(coloured, scrolls))
        self.framed = StrictTerminal(strict=False)
        self.painted = StrictTerminal(coloured=coloured)

    def show(self, frame: str) -> str:
        self.picture.draw(frame)
        sent = self.painter.paint(self.have, self.picture.rows)
        self.have = list(self.picture.rows)
        self.framed.feed(frame)
        self.painted.feed(sent)
        assert self.painted.seen() == self.framed.seen()
        assert self.painted.pen == NOTHING
        assert self.painted.region == (0, HEIGHT)
        return sent


HALVES_LATE = [
    "".join(f"\x1b[{y};1H가xxxxxxxxxxxxxx" for y in range(2, 9)),
    "\x1b[1;1Hzz" + "".join(f"\x1b[{y};1H\x1b[38;2;1;2;3ma\x1b[0m{' ' * 14}y" for y in range(2, 9)),
]
"""Style by style, blanks are erased beside a wide character before its first half is drawn over."""
STYLES = (
    "",
    "1;38;2;1;2;3",
    "38;2;1;2;3;48;2;9;9;9",
    "48;2;9;9;9",
    "4;31;48;2;9;9;9",
    "7",
    "1;2;3",
)
WORDS = (
    "a",
    "bc ",
    "전작권",
    "평화상",
    "확장 억제",
    "‘9·19’",
    "é́x",
    "─────",
    " ",
    "       ",
    " " * 14,
)


@st.composite
def frames(draw: st.DrawFn) -> str:
    """A frame such as the framework draws: styled pieces of rows that end inside the screen."""
    drawn = []
    for _ in range(draw(st.integers(1, 8))):
        y, x = draw(st.integers(0, HEIGHT - 1)), draw(st.integers(0, WIDTH - 1))
        drawn.append(f"\x1b[{y + 1};{x + 1}H")
        for codes, text in draw(
            st.lists(st.tuples(st.sampled_from(STYLES), st.sampled_from(WORDS)))
        ):
            cells = sum(width for *_, width in split_graphemes(text)[0])
            if x + cells <= WIDTH:
                drawn.append(f"\x1b[{codes}m{text}\x1b[0m" if codes else text)
                x += cells
    return "".join(drawn)


@given(st.lists(frames(), min_size=1, max_size=6), st.booleans(), st.booleans())
@example(["\x1b[1;3H가나다", "\x1b[1;4H  "], True, True)
@example(["\x1b[1;23H가", "\x1b[1;24Hx", "\x1b[1;23H가"], True, True)
@example(["\x1b[1;1H가     x", "\x1b[1;1H나     y"], True, True)
@example(["\x1b[1;1Hxxxxxxxxxxx전", "\x1b[1;1H            y"], True, True)
@example(["\x1b[1;1H가xxxxxxxxxxxxxx", "\x1b[1;2H              y"], True, True)
@example(["\x1b[1;1Hx가xxxxxxxx", "\x1b[1;1Hx \x1b[44m          \x1b[0m"], True, True)
@example(["\x1b[1;1Hxx가xxx", "\x1b[1;1Hxxx                     "], True, True)
@example(HALVES_LATE, True, True)
@example(["\x1b[2;1H‘가‘나", "\x1b[2;1H‘a‘b"], True, True)
def test_the_terminal_shows_what_was_drawn(drawn: list[str], coloured: bool, scrolls: bool) -> None:
    line = Line(coloured=coloured, scrolls=scrolls)
    for frame in drawn:
        line.show(frame)


@given(frames())
def test_what_is_shown_already_costs_nothing(frame: str) -> None:
    line = Line()
    line.show(frame)
    assert line.show(frame) == ""


@given(st.integers(0, 30), st.lists(st.integers(-8, 8), max_size=8), st.integers(0, 6))
def test_a_pane_that_scrolls_between_two_that_do_not(
    start: int, moves: list[int], sides: int
) -> None:
    line, top = Line(), start
    for move in [0, *moves]:
        top = max(0, top + move)
        line.show(_page(top, sides))


def _page(top: int, sides: int) -> str:
    """Numbered lines from `top`, under a title, with numbered rows that stay at both sides."""
    text = [
        f"\x1b[38;2;7;7;7m{n:03} 확장억제 {n * 37 % 101:03}\x1b[0m" for n in range(top, top + 8)
    ]
    pieces = [f"\x1b[1;1H\x1b[7m{top:<{WIDTH}}\x1b[0m"]
    for y, words in enumerate(text, 2):
        pieces.append(f"\x1b[{y};1H{f'{y}' * sides:<{sides}.{sides}}")
        pieces.append(f"\x1b[{y};{sides + 1}H{words}")
    return "\n".join(pieces) + "\x1b[1;1H"


def test_a_line_down_is_a_scroll_and_a_line() -> None:
    line = Line()
    line.show(_page(0, 0))
    sent = line.show(_page(1, 0))
    assert "\x1b[2;9r\x1b[1S\x1b[r" in sent
    assert len(sent.encode()) < 80
    assert "\x1b[2;9r\x1b[1T\x1b[r" in line.show(_page(0, 0))


def test_the_whole_screen_scrolls_without_a_region() -> None:
    rows = [chr(200 + y) * 3 + chr(300 + y) * 9 for y in range(9)]
    scroll = find_scroll(rows, [*rows[2:], "x" * 12, "y" * 12])
    assert scroll == Scroll(0, 9, 2)
    assert scroll.command(9) == "\x1b[2S"


def test_no_scrolling_where_it_costs_more_than_drawing() -> None:
    """The sides change in every row: scrolling would move them all to save a letter."""
    line = Line()
    before = "".join(f"\x1b[{y};1H{y * 11111111111111111:020}{y}" for y in range(1, 9))
    line.show(before)
    after = "".join(f"\x1b[{y};1H{y * 11111111111111111:020}{y + 1}" for y in range(1, 9))
    assert "S" not in line.show(after)


def test_blank_rows_do_not_vote_for_a_scroll() -> None:
    alphabet = Alphabet()
    blank, words = alphabet.blank * 30, alphabet.read("전작권 전환과 확장억제 협력 12")
    assert find_scroll([words, *[blank] * 5], [blank, blank, words, *[blank] * 3]) is None


def test_blanks_are_erased_in_their_colour() -> None:
    line = Line()
    line.show(f"\x1b[3;1H{'x' * WIDTH}")
    assert (
        line.show(f"\x1b[3;1H\x1b[48;5;4m{' ' * WIDTH}\x1b[0m")
        == "\x1b[3;1H\x1b[48;5;4m\x1b[K\x1b[m"
    )


def test_blanks_are_written_where_erasing_has_no_colour() -> None:
    line = Line(coloured=False)
    line.show(f"\x1b[3;1H{'x' * WIDTH}")
    assert " " * WIDTH in line.show(f"\x1b[3;1H\x1b[48;5;4m{' ' * WIDTH}\x1b[0m")
    assert "\x1b[K" in line.show(f"\x1b[3;1H{' ' * WIDTH}")


def test_underlined_blanks_are_not_erased() -> None:
    line = Line()
    assert " " * WIDTH in line.show(f"\x1b[3;1H\x1b[4m{' ' * WIDTH}\x1b[0m")


def test_a_blank_between_words_takes_no_style_of_its_own() -> None:
    sent = Line().show("\x1b[1;1H\x1b[1;31mwar\x1b[0m\x1b[32m \x1b[0m\x1b[1;31mgame\x1b[0m")
    assert sent == "\x1b[1;1H\x1b[1;31mwar game\x1b[m"


def test_a_blank_alone_takes_the_style_that_is_set() -> None:
    line = Line()
    line.show("\x1b[2;1Hx")
    sent = line.show("\x1b[1;1H\x1b[31mwar\x1b[0m\x1b[2;1H ")
    assert sent == "\x1b[1;1H\x1b[31mwar\x1b[2;1H \x1b[m"


def test_styles_are_changed_once_where_that_is_shorter() -> None:
    colours = "38;2;200;100;100", "38;2;100;200;200"
    rows = [
        f"\x1b[{y};1H" + "".join(f"\x1b[{colour}m{y}{y}\x1b[0m" for colour in colours)
        for y in range(1, 9)
    ]
    assert Line().show("".join(rows)).count("m") == 3
    assert Line().show("\x1b[1;1H" + "\x1b[1mx\x1b[0my" * 6).count("m") == 12


def test_erasing_needs_no_style_of_its_own() -> None:
    line = Line()
    line.show("".join(f"\x1b[{y};1H{'x' * WIDTH}" for y in range(1, 9)))
    blank = " " * (WIDTH - 4)
    rows = [
        f"\x1b[{y};1H\x1b[38;2;200;100;100maa\x1b[0m\x1b[38;2;100;200;200mbb\x1b[0m{blank}"
        for y in range(1, 9)
    ]
    sent = line.show("".join(rows))
    assert sent.count("m") == 3
    assert sent.count("H") == 16


def test_nothing_relies_on_the_width_of_a_doubtful_character() -> None:
    sent = Line().show("\x1b[1;1H‘전작권’ 전환")
    assert sent == "\x1b[1;1H‘\x1b[2G전작권’\x1b[9G 전환"


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("", "1;31", "\x1b[1;31m"),
        ("1;31", "", "\x1b[m"),
        ("31;48;2;1;1;1", "32;48;2;1;1;1", "\x1b[32m"),
        ("1;31;48;2;100;100;100", "31;48;2;100;100;100", "\x1b[22m"),
        ("1;2;48;2;100;100;100", "2;48;2;100;100;100", "\x1b[22;2m"),
        ("48;2;100;100;100", "31", "\x1b[;31m"),
        ("4;31", "4;31", ""),
    ],
)
def test_the_shortest_change_of_style(before: str, after: str, codes: str) -> None:
    assert change(style(before), style(after)) == codes


STYLE_CODES = st.lists(
    st.sampled_from(["1", "2", "3", "4", "7", "9", "31", "38;5;9", "44", "48;2;1;2;3"]), unique=True
).map(";".join)


@given(STYLE_CODES, STYLE_CODES)
def test_any_change_of_style_arrives(before: str, after: str) -> None:
    changed, direct = StrictTerminal(), StrictTerminal()
    changed.feed(f"\x1b[{before}m" + change(style(before), style(after)))
    direct.feed(f"\x1b[{after}m")
    assert changed.pen == direct.pen


def test_a_blank_shows_its_background_alone() -> None:
    assert on_blank(style("1;31;48;2;1;2;3")) == style("48;2;1;2;3")
    assert on_blank(style("1;31")) == PLAIN
    assert on_blank(style("7;31")) == style("7;31")
