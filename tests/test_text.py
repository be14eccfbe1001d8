"""Text is cleaned, folded, tidied, measured and split without losing a character that is read."""

from __future__ import annotations

import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scmtui import text

anything = st.text(st.characters(exclude_categories=()))
korean = st.text('가나다양측은( )[]「」"“”‘’.?!…·,\n 1A한다.')
hostile = st.text("\x1b\x9b\x9d\x90\x07\x9c]P[0;m\\k \n\u202e\u200b\ufe0f\ud800\uffff\u3164a한")


def plain(shown: str) -> str:
    return "".join(shown.split())


@pytest.mark.parametrize(
    ("raw", "clean", "removed"),
    [
        ("a\x1b]52;c;aGk=\x07b", "ab", {"escape": 1}),
        ("a\x1b]0;title\x1b\\b", "ab", {"escape": 1}),
        ("\x1b[31mred\x1b[0m", "red", {"escape": 2}),
        ("a\x9b31mb", "ab", {"escape": 1}),
        ("\x1bPq#0;2\n~~\x1b\\x", "x", {"escape": 1}),
        ("\x90q\x9cx\x9fy\x9cz\x9e.\x9c\x98.\x9c", "xz", {"escape": 4}),
        ("\x1b_G\x1b\\a\x1b^p\x1b\\b\x1bXs\x1b\\c", "abc", {"escape": 3}),
        ("\x1bkname\x1b\\x", "x", {"escape": 1}),
        ("\x1bcx\x1b(By\x1b", "xy", {"escape": 3}),
        ("\x1b]0;never ended\nthe rest", "\nthe rest", {"escape": 1}),
        ("a\x00\x08\x7f\x84b", "ab", {"control": 4}),
        ("\u202eabc\u2066\u200f", "abc", {"bidi": 3}),
        ("전\u200b작\u00ad권\ufeff\u3164\uffa0", "전작권", {"invisible": 5}),
        ("x\U000e0041\U000e007f", "x", {"tag": 2}),
        ("❤\ufe0f葛\U000e0100", "❤葛", {"variation": 2}),
        ("\ufdd0\uffff\U0001fffe.", ".", {"noncharacter": 3}),
        ("\ud800x", "x", {"surrogate": 1}),
        ("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg\x85h", "a\nb\nc\nd\ne\nf\ng\nh", {}),
        ("한\u00a0미\u3000동맹\u2009.", "한 미 동맹 .", {}),
        ("a\tb\n", "a\tb\n", {}),
        (unicodedata.normalize("NFD", "한미동맹"), "한미동맹", {}),
    ],
)
def test_what_could_act_or_hide_is_removed_and_counted(
    raw: str, clean: str, removed: dict[str, int]
) -> None:
    assert text.clean(raw) == (clean, removed)


@given(st.one_of(anything, hostile))
def test_cleaned_text_holds_nothing_hostile_and_stays_as_it_is(raw: str) -> None:
    cleaned = text.clean(raw).text
    assert text.clean(cleaned) == (cleaned, {})
    assert text.safe(cleaned) == cleaned.replace("\t", " ")
    bad = {"Cc", "Cs", "Cf", "Zl", "Zp"}
    kept = [char for char in cleaned if char not in "\n\t" and unicodedata.category(char) in bad]
    # The format characters that stay are letters' own marks, seen in print (Arabic, Kaithi …).
    assert all(unicodedata.category(char) == "Cf" and ord(char) > 0x5FF for char in kept)
    assert unicodedata.is_normalized("NFC", cleaned)


@given(korean)
def test_text_of_the_documents_is_clean_already(raw: str) -> None:
    assert text.clean(raw) == (raw, {})


def test_a_tab_on_a_screen_takes_one_blank() -> None:
    assert text.safe("a\tb\x1b[1m") == "a b"


@given(anything)
@example("İstanbul ＳＣＭ 對美 K")
def test_folding_keeps_the_length(raw: str) -> None:
    assert len(text.fold(raw)) == len(raw)
    assert text.fold(text.fold(raw)) == text.fold(raw)


def test_folding_keeps_the_length_of_every_character() -> None:
    everything = (chr(code) for code in range(0x110000))
    assert [char for char in everything if len(text.fold(char)) != 1] == []


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("‘9·19 군사합의'", "'9·19 군사합의'"),
        ("“한・미” ㆍ 한‧미", '"한·미" · 한·미'),
        ("『국방』《비전》", "「국방」「비전」"),
        ("2020–2021 — SCM", "2020-2021 - scm"),
        ("ＯＰＣＯＮ１", "opcon1"),
        ("對美 지원, 美·中", "대미 지원, 미·중"),
        ("李 장관과 行李", "이 장관과 행리"),
        ("2020年 女性", "2020년 여성"),
        ("論議", "논의"),
        ("勞動", "노동"),
        ("㐀龥", "㐀龥"),
    ],
)
def test_alike_is_folded_alike(raw: str, folded: str) -> None:
    assert text.fold(raw) == folded


@given(anything)
def test_words_are_what_stands_between_blanks(raw: str) -> None:
    assert [raw[start:end] for start, end in text.words(raw)] == re.findall(r"\S+", raw)


@pytest.mark.parametrize(
    "sentences",
    [
        ["양 장관은 평가하였다.", "양측은 협력하기로 하였다."],
        ["확인하였다.", "양 장관은 공백 없이 이어졌다."],
        ["끝에 온점이 없다.", "지지한다는 점을 확인하였다"],
        ["마크 에스퍼(Mark T. Esper) 장관이 워싱턴 D.C. 에서 말했다.", "끝."],
        ["2020. 10. 14. 워싱턴에서 만났다.", "11. 3. 서울에서도 만났다."],
        ["No. 5 항목은 3.5%이다.", "제3항이다."],
        ["그는 “끝났다.”", "(정말이다.)", "그렇다!”"],
        ["“미국은 한다. 또 한다.”고 말했다.", "“끝이다!” 라고 했다."],
        ["1. 첫째 항이다.", "가. 하위 항이다."],
        ["점검함.", "논의하였음.", "합의됨."],
        ["그러나… 계속되었다.", "계속한다…", "끝인가?", "끝。"],
        [
            "1. The 54th United States (U.S.)-Republic of Korea (ROK) It was held in D.C. in 2022.",
            "Gen. Mark A. Milley met Lt. Gen. Kim at No. 5.",
            "They met in Washington, D.C.",
            "The next will be in 2023.",
            "“We did it.”",
            "(It was done.)",
            "He said so... and left.",
            "U.S. Forces Korea, e.g. the brigade, stays.",
        ],
        ["줄이 바뀌면", "문장도 끝난다"],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    for glue in ("\n", " "):
        if glue == " " and any(it[-1:] not in ".?!…。”)" for it in sentences[:-1]):
            continue
        whole = glue.join(sentences).replace("확인하였다. 양", "확인하였다.양")
        assert [whole[start:end] for start, end in text.sentences(whole)] == sentences


@given(st.one_of(korean, anything))
def test_sentences_together_hold_every_character(raw: str) -> None:
    spans = text.sentences(raw)
    assert "".join(plain(raw[start:end]) for start, end in spans) == plain(raw)
    assert all(raw[start:end] == raw[start:end].strip() != "" for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("한미안보협의회의 ( SCM ) 가 2020년", "한미안보협의회의(SCM)가 2020년"),
        ("완전운용능력 ( FOC ) 검증을", "완전운용능력(FOC) 검증을"),
        ("특별협정 ( SMA ) 이 조속히", "특별협정(SMA)이 조속히"),
        ("( NLL )이 그동안  남북 간의 ", "(NLL)이 그동안 남북 간의"),
        ("회의 ( SCM ) 에서는", "회의(SCM)에서는"),
        ("회의(SCM) 이 회의는", "회의(SCM) 이 회의는"),
        ("Meeting (SCM) was held", "Meeting (SCM) was held"),
        ("Meeting ( SCM ) was held", "Meeting (SCM) was held"),
        ("「 미래 국방비전 」", "「미래 국방비전」"),
        ("서 욱 장관의 ‘9·19 군사합의'", "서 욱 장관의 ‘9·19 군사합의'"),
    ],
)
def test_tidying_takes_out_the_blanks_of_the_typesetting(raw: str, shown: str) -> None:
    assert text.tidy(raw) == shown


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("particle-after-bracket", "회의(SCM) 가 2020년"),
        ("bracket-after-word", "회의 (SCM)가 2020년"),
        ("blanks-in-brackets", "회의( SCM )가 2020년"),
        ("repeated-blanks", "회의(SCM)가  2020년"),
    ],
)
def test_each_rule_can_be_switched_off(rule: str, shown: str) -> None:
    assert text.tidy("회의 ( SCM ) 가  2020년", text.RULES - {rule}) == shown
    assert text.tidy("회의 ( SCM ) 가  2020년", frozenset()) == "회의 ( SCM ) 가  2020년"


def test_each_rule_says_what_it_does() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", rule) for rule in text.RULES)
    assert all(text.about(rule).endswith(".") for rule in text.RULES)


@given(korean, st.sets(st.sampled_from(sorted(text.RULES))))
def test_tidying_changes_nothing_but_blanks(raw: str, rules: set[str]) -> None:
    assert plain(text.tidy(raw, rules)) == plain(raw)


@pytest.mark.parametrize(
    ("shown", "narrow", "wide"),
    [
        ("SCM 52", 6, 6),
        ("한미동맹", 8, 8),
        ("‘9·19’…—", 8, 13),
        ("é한", 3, 4),
        ("e\u0301", 1, 1),
        ("\u1112\u1161\u11ab", 2, 2),
        ("Ａ｡", 3, 3),
        ("a\tb", 3, 3),
        ("", 0, 0),
    ],
)
def test_width_counts_cells(shown: str, narrow: int, wide: int) -> None:
    assert text.width(shown) == narrow
    assert text.width(shown, ambiguous=2) == wide


@pytest.mark.parametrize(
    ("cells", "shown"),
    [(9, "한미 동맹"), (8, "한미 동…"), (7, "한미 …"), (3, "한…"), (2, "…"), (1, "…"), (0, "")],
)
def test_a_text_that_is_cut_says_so(cells: int, shown: str) -> None:
    assert text.cut("한미 동맹", cells) == shown
    assert text.width(text.cut("한미 동맹", cells)) <= cells


def test_a_text_is_cut_in_wide_cells_and_without_an_ellipsis() -> None:
    assert text.cut("‘한미’", 5, ambiguous=2) == "‘…"
    assert text.cut("‘한미’", 1, ambiguous=2) == ""
    assert text.cut("한미동맹", 5, ellipsis="") == "한미"


@given(anything.map(text.safe), st.integers(0, 40), st.sampled_from([1, 2]))
def test_a_padded_text_takes_exactly_its_cells(raw: str, cells: int, ambiguous: int) -> None:
    line = raw.replace("\n", " ")
    padded = text.pad(line, cells, ambiguous)
    assert text.width(padded, ambiguous) == cells
    assert text.width(text.cut(line, cells, ambiguous), ambiguous) <= cells


@pytest.mark.parametrize(
    "piece",
    ["\x9d\n", "\x1b]", "\x1bP", "\n", "(", " )", "“", "다.", "a. ", "가. ", "( ", "…", "對"],
)
def test_a_hostile_megabyte_takes_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        raw = piece * (length // len(piece))
        start = time.perf_counter()
        text.clean(raw)
        text.tidy(raw)
        text.fold(raw)
        text.sentences(raw)
        return time.perf_counter() - start

    seconds(1000)
    # Quadratic time would be a hundred times longer, whatever else the machine does.
    assert seconds(300_000) < 40 * seconds(30_000) + 1
