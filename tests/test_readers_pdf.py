"""A PDF is read in reading order, without what pages carry beside the text, or refused."""

from __future__ import annotations

import json
import random
import re
import unicodedata
import zlib
from pathlib import Path
from typing import Any, Literal

import pytest
from rapidfuzz.distance import Levenshtein

from scmtui import text
from scmtui.model import Document, PasswordError, ReadError
from scmtui.readers import contents, limits, pdf
from scmtui.readers.extracted import Extracted, Task

SAMPLES = Path(__file__).parent / "samples" / "pdf"
MANIFEST: dict[str, dict[str, Any]] = json.loads((SAMPLES / "manifest.json").read_text("utf-8"))[
    "files"
]
READ = [name for name, entry in MANIFEST.items() if entry["truth"]]
REFUSED = [name for name, entry in MANIFEST.items() if entry.get("error")]
LINES = frozenset({"line-breaks"})


def documents(name: str, password: str = "") -> tuple[Document, ...]:
    return contents.documents((SAMPLES / name).read_bytes(), Task(name, password), LINES)


def whole(document: Document) -> str:
    items = document.paragraphs
    pieces = [document.source[: items[0].start]]
    for item in items:
        pieces += [f"{item.number}."] if item.number else []
        pieces += [item.heading, *(part.text for part in item.parts)]
    return " ".join(" ".join([*pieces, document.source[items[-1].end :]]).split())


def truth(name: str) -> list[str]:
    lines = (SAMPLES / MANIFEST[name]["truth"]).read_text("utf-8").split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.parametrize("name", READ)
def test_the_text_is_that_of_the_page(name: str) -> None:
    found = documents(name, MANIFEST[name].get("password", ""))
    lines = truth(name)
    if len(found) > 1:
        lines.sort(key=lambda line: not re.search("[가-힣]", line))
    ours = " ".join(whole(it) for it in sorted(found, key=lambda it: it.facts.language != "ko"))
    theirs = " ".join(lines)
    assert Levenshtein.distance(ours, theirs) <= len(theirs) * 0.007
    solid = theirs.replace(" ", "")
    assert Levenshtein.distance(ours.replace(" ", ""), solid) <= len(solid) * 0.001
    for document in found:
        numbers = [item.number for item in document.paragraphs if item.number]
        assert numbers == list(range(1, 21))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_its_text_is_refused_in_a_sentence(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    with pytest.raises(ReadError) as refusal:
        pdf.extract(data, Task(name))
    told = str(refusal.value)
    assert MANIFEST[name]["error"] in told
    assert "Nothing was changed." in told
    assert not told.endswith("Nothing was changed.")  # it says what to do


def test_controls_and_markup_are_only_text() -> None:
    (document,) = documents("bad_escape_text.pdf")
    assert "[bold]x[/] [@click=app.quit]CLICK[/]" in document.source
    assert not [it for it in document.source if unicodedata.category(it) == "Cc" and it != "\n"]


def dropped(name: str) -> list[tuple[str, str]]:
    found = pdf.extract((SAMPLES / name).read_bytes(), Task(name))
    return [(it.kind, it.text) for it in found.dropped]


def test_heads_and_page_numbers_are_told() -> None:
    assert dropped("lo_header_footer.pdf") == [
        ("running-head", "국방부 보도자료 — 제52차 한미안보협의회의"),
        ("page-number", "- 1 / 5 -, - 2 / 5 -, - 3 / 5 -, - 4 / 5 -, - 5 / 5 -"),
    ]


def test_footnotes_are_told() -> None:
    assert dropped("ty_footnotes.pdf") == [
        ("page-number", "1, 2, 3, 4"),
        ("footnote", "1한미안보협의회의: Security Consultative Meeting"),
        ("footnote", "2고고도미사일방어체계(THAAD)"),
        ("footnote", "3전시작전통제권(OPCON) 전환의 세 가지 조건"),
    ]


def test_a_watermark_is_told() -> None:
    assert dropped("watermark.pdf") == [("askew", "대외비 초안")]


def test_a_mark_against_copying_is_recorded() -> None:
    (document,) = documents("enc_owner_only_noextract.pdf")
    assert document.facts.provenance.rights == pdf.NO_COPYING
    (document,) = documents("rot_flag90.pdf")
    assert document.facts.provenance.rights != pdf.NO_COPYING


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", "“enc_user_aes256.pdf” opens with a password only. Nothing was changed. Give its"),
        ("wrong", "The password does not open “enc_user_aes256.pdf”. Nothing was changed. Give"),
        ("비밀번호", "The password does not open “enc_user_aes256.pdf”."),
    ],
)
def test_a_password_is_asked_for(password: str, told: str) -> None:
    with pytest.raises(PasswordError) as refusal:
        documents("enc_user_aes256.pdf", password)
    assert str(refusal.value).startswith(told)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_korean_password_of_old_encryption_opens_it(form: Literal["NFC", "NFD"]) -> None:
    (document,) = documents("enc_korean_password.pdf", unicodedata.normalize(form, "비밀번호"))
    assert document.facts.id == "54-en"


def test_progress_is_told_page_by_page() -> None:
    heard: list[tuple[int, int]] = []
    task = Task("a.pdf", told=lambda done, total: heard.append((done, total)))
    pdf.extract((SAMPLES / "ty_footnotes.pdf").read_bytes(), task)
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_too_many_pages_or_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (SAMPLES / "ty_footnotes.pdf").read_bytes()
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 1000)
    with pytest.raises(ReadError, match="holds more than 1000 characters"):
        pdf.extract(data, Task("a.pdf"))
    monkeypatch.setattr(limits, "MOST_PAGES", 3)
    with pytest.raises(ReadError, match="has more than 3 pages"):
        pdf.extract(data, Task("a.pdf"))


def made(*pages: str, resources: str = "", objects: str = "") -> bytes:
    """A PDF of these content streams, by hand; further objects begin with number 90."""
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    body = (
        f"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>endobj\n"
        "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>endobj\n"
    )
    for at, content in enumerate(pages):
        body += (
            f"{10 + 2 * at} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
            f"/Resources<</Font<</F 3 0 R>>{resources}>>/Contents {11 + 2 * at} 0 R>>endobj\n"
            f"{11 + 2 * at} 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj\n"
        )
    return f"{body}{objects}trailer<</Root 1 0 R>>\n%%EOF\n".encode("latin-1")


def at(x: float, y: float, shown: str, size: float = 10) -> str:
    escaped = shown.replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def extract(*pages: str, **given: str) -> Extracted:
    return pdf.extract(made(*pages, **given), Task("a.pdf"))


class TestByHand:
    """Pages of a few lines, each for one way to write or to deceive."""

    def test_what_nobody_sees_is_left_out_and_told(self) -> None:
        found = extract(f"{at(50, 700, 'Seen.')} {at(50, 900, 'Above.')} {at(9, 9, 'Tiny.', 1)}")
        assert found.text == "Seen."
        assert [(it.kind, it.text) for it in found.dropped] == [("hidden", "Above.Tiny.")]

    def test_a_page_without_text_is_empty(self) -> None:
        for page in ("", at(50, 700, "   ")):
            with pytest.raises(ReadError, match="are empty, or damaged"):
                extract(page)

    def test_a_picture_is_no_text_and_one_among_pages_is_a_doubt(self) -> None:
        image = {
            "resources": "/XObject<</I 90 0 R>>",
            "objects": "90 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
            "/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream endobj\n",
        }
        with pytest.raises(ReadError, match="holds pictures of pages and no text"):
            extract("/I Do", **image)
        found = extract(at(50, 700, "One two."), "/I Do", **image)
        assert [(it.kind, it.text) for it in found.doubts] == [
            ("picture", "Page 2 is a picture; its text was not read.")
        ]

    def test_letters_drawn_as_curves_are_a_picture(self) -> None:
        with pytest.raises(ReadError, match="holds pictures of pages and no text"):
            extract("1 1 m 2 2 l 3 1 l h f " * 400)

    def test_white_text_is_hidden_unless_something_dark_lies_under_it(self) -> None:
        white = ("1 g", "1 1 1 rg", "0 0 0 0 k", "0.99 g")
        for colour in white:
            found = extract(f"{at(50, 700, 'Seen.')} {colour} {at(50, 600, 'Obey me.')}")
            assert found.text == "Seen."
            assert [(it.kind, it.text) for it in found.dropped] == [("hidden", "Obey me.")]
            found = extract(f"0 0 .4 rg 40 590 200 30 re f {colour} {at(50, 600, 'A title.')}")
            assert found.text == "A title."
        for colour in ("0 g", "1 0 0 rg", "0 0 0 1 k"):
            assert extract(f"{colour} {at(50, 600, 'Seen.')}").text == "Seen."

    def test_signs_of_symbol_fonts_are_bullets(self) -> None:
        assert pdf.trust.shown("\uf0b7 하나 (cid:27)둘") == ("• 하나  둘", 0)

    def test_letters_that_are_not_known_are_told(self) -> None:
        assert pdf.trust.shown("하(cid:300)\ue123나") == ("하\ufffd\ufffd나", 2)
        found = extract(at(50, 700, "A line of text, and one letter more: (cid:300)"))
        assert found.text.endswith("more: \ufffd")
        assert [it.text for it in found.doubts] == [
            "1 letter is not known: its font does not say which it is."
        ]

    def test_a_font_that_says_no_height_is_read(self) -> None:
        objects = (
            "90 0 obj<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[.001 0 0 .001 0 0]"
            "/FirstChar 65/LastChar 66/Widths[600 600]/CharProcs<</A 91 0 R/B 91 0 R>>"
            "/Encoding<</Type/Encoding/Differences[65/A/B]>>>>endobj\n"
            "91 0 obj<</Length 12>>stream\n600 0 d0    \nendstream endobj\n"
        )
        page = "BT /G 20 Tf 1 0 0 1 50 700 Tm (AB) Tj 1 0 0 1 50 660 Tm (BA) Tj ET"
        content = pdf.extract(
            made(page, objects=objects).replace(b"/F 3 0 R", b"/G 90 0 R"), Task("a.pdf")
        )
        assert content.text.split() == ["AB", "BA"]

    def test_spaced_letters_are_one_word(self) -> None:
        spaced = "BT /F 10 Tf 8 Tc 1 0 0 1 50 700 Tm (COMMUNIQUEOFTHE) Tj 40 Tc ( ) Tj ET"
        words = at(50, 600, "a b c d e f g h i j k l m n o p")
        assert extract(f"{spaced} {words}").text.split("\n")[0].strip() == "COMMUNIQUEOFTHE"

    def test_words_written_in_any_order_are_put_together(self) -> None:
        lines = [f"every word of line number {row} is apart" for row in range(30)]
        words = [
            at(50 + 6 * match.start(), 750 - 14 * row, match[0])
            for row, line in enumerate(lines)
            for match in re.finditer(r"\S+", line)
        ]
        random.Random(1).shuffle(words)
        assert extract(" ".join(words)).text.split("\n") == lines

    def test_lines_written_upwards_are_read_downwards(self) -> None:
        lines = [at(50, 700 - 14 * row, f"Line number {row}.") for row in range(20)]
        found = extract(" ".join(reversed(lines)))
        assert found.text.split("\n")[0] == "Line number 0."
        assert found.text.split("\n")[-1] == "Line number 19."

    def test_cells_are_divided_by_tabs(self) -> None:
        assert extract(f"{at(50, 700, 'Name')} {at(200, 700, 'Office')}").text == "Name\tOffice"

    def test_a_paragraph_that_is_set_apart_follows_an_empty_line(self) -> None:
        rows = [700, 686, 672, 640, 626]
        found = extract(" ".join(at(50, y, f"row {y}") for y in rows))
        assert found.text.split("\n") == ["row 700", "row 686", "row 672", "", "row 640", "row 626"]

    def test_a_first_line_that_is_indented_stays_so(self) -> None:
        found = extract(" ".join(at(x, 700 - y, "words") for x, y in [(70, 0), (50, 14), (50, 28)]))
        assert found.text.split("\n") == ["    words", "words", "words"]

    def test_a_raised_ending_is_part_of_its_word(self) -> None:
        page = f"{at(50, 700, 'The 49')} {at(86, 704, 'th', 6)} {at(93.5, 700, ' SCM was held.')}"
        assert extract(page).text == "The 49th SCM was held."

    def test_a_raised_figure_without_a_footnote_stays(self) -> None:
        page = f"{at(50, 700, 'Seoul')} {at(80, 704, '2', 6)} {at(50, 686, 'and more of it.')}"
        assert extract(page).text == "Seoul2\nand more of it."

    def test_a_mark_goes_with_its_footnote(self) -> None:
        page = (
            f"{at(50, 700, 'Held in Seoul')} {at(128, 704, '2', 6)}"
            f" {at(50, 686, 'with a longer line of text.')}"
            f" {at(50, 100, '1 A first note.', 7)} {at(50, 92, 'that goes on.', 7)}"
            f" {at(50, 84, '2) Capital.', 7)}"
        )
        found = extract(page)
        assert found.text == "Held in Seoul\nwith a longer line of text."
        assert [it.text for it in found.dropped] == ["1 A first note. that goes on.", "2) Capital."]

    def test_text_that_is_small_without_a_mark_stays(self) -> None:
        page = f"{at(50, 700, 'A line of text.')} {at(50, 100, 'Small print.', 7)}"
        assert "Small print." in extract(page).text

    def test_words_broken_by_a_hyphen_are_whole(self) -> None:
        lines = [
            "The consultation was long. A consul-",
            "tation is a well-",
            "known thing, well-known.",
        ]
        found = extract(" ".join(at(50, 700 - 14 * row, it) for row, it in enumerate(lines)))
        assert found.text.split("\n") == [
            "The consultation was long. A consultation ",
            "is a well-known ",
            "thing, well-known.",
        ]
        assert not found.doubts

    def test_a_hyphen_that_may_belong_there_is_a_doubt(self) -> None:
        found = extract(f"{at(50, 700, 'This is inter-')} {at(50, 686, 'operable, they said.')}")
        assert found.text.split("\n")[0] == "This is interoperable, "
        assert [(it.kind, it.text) for it in found.doubts] == [("hyphen", "inter|operable")]

    def test_forms_are_drawn(self) -> None:
        found = extract(
            "/X Do",
            resources="/XObject<</X 90 0 R>>",
            objects="90 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font"
            f"<</F 3 0 R>>>>/Length 50>>stream\n{at(50, 700, 'In a form.'):50}\nendstream endobj\n",
        )
        assert found.text == "In a form."

    @pytest.mark.parametrize(
        "page", ["q q q", "BT /F 0 Tf (x) Tj ET", "/None Do", "(", "<<", "1e999 0 Td"]
    )
    def test_a_broken_page_is_an_error_and_no_traceback(self, page: str) -> None:
        with pytest.raises(ReadError):
            contents.documents(made(page), Task("a.pdf"), text.RULES)


class TestDamage:
    """What may be missing is told, though nothing was raised."""

    def doubts(self, data: bytes) -> list[str]:
        return [it.text for it in pdf.extract(data, Task("a.pdf")).doubts]

    def test_a_file_without_its_end(self) -> None:
        data = made(at(50, 700, "Text of it.")).replace(b"%%EOF", b"")
        assert self.doubts(data) == [
            "The end of the file is missing; there may be more text than was read."
        ]

    def test_a_page_without_text(self) -> None:
        assert self.doubts(made(at(50, 700, "Text of it."), "")) == ["Page 2 has no text on it."]

    def test_a_stretch_that_is_torn(self) -> None:
        packed = zlib.compress(" ".join(at(50, 700, f"Some {it}") for it in range(99)).encode())
        torn = packed[: len(packed) // 2]
        stream = b"90 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n"
        data = made("").replace(b"/Contents 11 0 R", b"/Contents 90 0 R")
        data = data.replace(b"trailer", stream % (len(torn), torn) + b"trailer")
        assert self.doubts(data) == [
            "Something in the file is damaged; part of its text may be missing."
        ]

    def test_a_whole_file(self) -> None:
        assert not self.doubts(made(at(50, 700, "Text of it.")))


class TestNumbers:
    """The numbers of pages, and what only looks like one."""

    def test_they_go_at_the_foot_and_the_head(self) -> None:
        for shown in ("- {} -", "{}", "Page {} of 3", "{} / 3", "~ {} ~", "[{}]"):
            pages = [
                f"{at(50, 700, word)} {at(300, 30, shown.format(number))}"
                for number, word in enumerate(("One", "Two", "Three"), 1)
            ]
            found = extract(*pages)
            assert found.text == "One\nTwo\nThree"
            assert [it.kind for it in found.dropped] == ["page-number"]

    def test_a_year_or_a_number_within_the_text_stays(self) -> None:
        found = extract(f"{at(50, 780, '2020')} {at(50, 400, '1')} {at(50, 30, 'Text.')}")
        assert found.text.split() == ["2020", "1", "Text."]

    def test_a_head_on_every_other_page_goes(self) -> None:
        words = ["One", "Two", "Three", "Four", "Five", "Six"]
        pages = [
            f"{at(50, 780, 'Left' if number % 2 else 'Right')} {at(50, 700, word)}"
            for number, word in enumerate(words)
        ]
        found = extract(*pages)
        assert found.text.split("\n") == words
        assert [it.text for it in found.dropped] == ["Right", "Left"]

    def test_lines_that_are_alike_on_two_pages_stay(self) -> None:
        page = " ".join(at(50, 780 - 14 * row, f"The same line {row}.") for row in range(50))
        assert len(extract(page, page).text.split("\n")) == 100


@pytest.mark.parametrize(
    ("shown", "lost"),
    [
        ("양 장관은 한미동맹의 발전에 있어 중추적인 역할을 해왔다고 평가하였다. " * 20, False),
        ("The Secretary and the Minister reaffirmed the alliance. " * 20, False),
        ("1. 2. 3. 4. 5. 2020 2021 2022", False),
        ("(cid:12)(cid:99)(cid:300)" * 50, True),
        ("\ue001\ue002 \ue003" * 50, True),
        ("\ufffd" * 9 + "a", True),
        ("!\"#$%&'()*+,-./:;<=>?" * 20, True),
        ("".join(chr(0xAC00 + 7 * it) for it in range(1500)), True),
        ("각간갇갈감갑값갓강갔" * 40, True),
        ("7KH 6HFUHWDUB DQG WKH 0LQLVWHU UHDIILUPHG " * 20, True),
        ("한a국b은 양c국d의 회e의f를 " * 30, True),
        ("한A국은 양B국의 회의를 열어 평가하고 논의한 다음 결정하였다. " * 20, True),
        ("한국은 양국의 회의를 열어 평Ʊ하고 논의Ϣ 다음 결Ӂ하였다. " * 20, True),
        ("ÇÑ¹ÌµÎ ³ª¶óÀÇ ¾Èº¸ÇùÀÇÈ¸ÀÇ " * 30, True),
        ("Le secrétaire a réaffirmé l’engagement à défendre la Corée. " * 20, False),
        ("SCM에서 OPCON을 THAAD와 함께 논의하였다. " * 30, False),
    ],
)
def test_letters_that_cannot_be_the_right_ones_are_noticed(shown: str, lost: bool) -> None:
    assert pdf.trust.is_lost(shown) is lost
