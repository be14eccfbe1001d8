"""Every paragraph has its themes, for reasons that a reader agrees with."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus, language, themes
from scmtui.model import (
    Address,
    Document,
    Facts,
    Kind,
    Name,
    Paragraph,
    Part,
    Provenance,
    SettingsError,
    Theme,
)
from scmtui.terms import length
from scmtui.text import fold
from scmtui.themes import Reason, Tally, Taxonomy, Touch, in_words, load, tally, touched

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Path(__file__).parents[1] / "assets" / "themes.toml"
TAXONOMY = load(SHIPPED)
SEPARATORS = str.maketrans("", "", " \n·-")

NAMES = {
    "alliance": "동맹 일반",
    "north-korea": "북한·비핵화",
    "inter-korean": "남북군사합의",
    "unc": "유엔사·정전협정",
    "extended-deterrence": "확장억제",
    "usfk": "주한미군",
    "combined-posture": "연합방위태세",
    "exercises": "연합연습·훈련",
    "opcon": "전작권 전환",
    "cfc": "연합사·미래연합사",
    "space": "우주",
    "cyber": "사이버",
    "science-tech": "국방과학기술·AI",
    "industry": "방산·공급망·군수",
    "trilateral": "한미일",
    "regional": "지역·글로벌",
    "wmd": "대량살상무기",
    "bases": "기지·SOFA",
    "cost-sharing": "방위비 분담",
    "defence-budget": "국방비",
    "next-meeting": "차기 회의",
}
ABOUT = {
    "52": {
        1: {"alliance"},
        2: {"alliance"},
        3: {"north-korea"},
        4: {"inter-korean"},
        5: {"unc"},
        6: {"extended-deterrence"},
        7: {"combined-posture", "cfc"},
        8: {"combined-posture", "exercises"},
        9: {"exercises", "usfk"},
        10: {"cfc"},
        11: {"opcon", "cfc"},
        12: {"opcon"},
        13: {"space", "cyber"},
        14: {"industry"},
        15: {"science-tech"},
        16: {"regional", "wmd"},
        17: {"trilateral"},
        18: {"bases"},
        19: {"cost-sharing"},
        20: {"next-meeting"},
    },
    "57-article": {
        0: set(),
        1: {"defence-budget"},
        2: {"opcon"},
        3: {"extended-deterrence"},
        4: {"science-tech"},
        5: {"trilateral", "regional"},
        6: {"cyber", "space"},
        7: {"industry"},
        8: {"alliance"},
    },
}
"""What each paragraph is about, as a person says who has read it."""


def document(*texts: str, heading: str = "", meeting: int | None = 52) -> Document:
    """A document with one paragraph of these parts."""
    parts = tuple(Part(text, 0, len(text)) for text in texts)
    facts = Facts("99", meeting, Kind.OTHER, "ko", "", Provenance("", "", ""))
    return Document(facts, (Paragraph(1, heading, parts, 0, 0),), "")


def strengths(*texts: str, heading: str = "", taxonomy: Taxonomy = TAXONOMY) -> dict[str, float]:
    """How strongly a paragraph of these parts touches what it touches."""
    found = touched(document(*texts, heading=heading), taxonomy)
    return {touch.theme: touch.strength for touch in found}


def reasons(text: str, theme: str, meeting: int | None = 52) -> str:
    """The reasons, in words, for which a paragraph with this text touches the theme."""
    found = touched(document(text, meeting=meeting), TAXONOMY)
    return "; ".join(in_words(touch.reasons) for touch in found if touch.theme == theme)


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], Path]:
    """`own(text)` writes the reader's own themes.toml."""

    def write(text: str) -> Path:
        file = tmp_path / "themes.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_the_taxonomy_has_the_themes_in_their_order() -> None:
    assert {theme.id: theme.name.ko for theme in TAXONOMY.themes} == NAMES
    assert [theme.id for theme in TAXONOMY.themes] == list(NAMES)
    assert all(theme.name.en for theme in TAXONOMY.themes)
    assert TAXONOMY.problem is None


@pytest.mark.parametrize("theme", TAXONOMY.themes, ids=lambda theme: theme.id)
def test_the_terms_of_a_theme_are_in_order(theme: Theme) -> None:
    letters = [fold(term).translate(SEPARATORS) for term in theme.terms]
    assert len(set(letters)) == len(letters), "two terms find the same"
    assert set(theme.general) < set(theme.terms)
    assert any(term.isascii() for term in theme.terms)
    assert any(not term.isascii() for term in theme.terms)
    for longer in theme.without:
        assert longer not in theme.terms
        assert any(term in fold(longer).translate(SEPARATORS) for term in letters), longer


@pytest.mark.parametrize("id_", ABOUT)
def test_what_each_paragraph_is_about(bundled: dict[str, Document], id_: str) -> None:
    found = touched(bundled[id_], TAXONOMY)
    about: dict[int, set[str]] = {number: set() for number in ABOUT[id_]}
    for touch in found:
        if touch.about:
            about[touch.paragraph].add(touch.theme)
    assert about == ABOUT[id_]
    assert {touch.paragraph for touch in found} == set(ABOUT[id_]), "a paragraph without a theme"


@pytest.mark.parametrize("id_", ABOUT)
def test_the_strongest_theme_of_a_paragraph_comes_first(
    bundled: dict[str, Document], id_: str
) -> None:
    found = touched(bundled[id_], TAXONOMY)
    assert [touch.paragraph for touch in found] == sorted(touch.paragraph for touch in found)
    for paragraph in bundled[id_].paragraphs:
        mine = [touch.strength for touch in found if touch.paragraph == paragraph.number]
        assert mine == sorted(mine, reverse=True)
        assert all(0 < strength < 1 for strength in mine)


@pytest.mark.parametrize(
    ("theme", "left", "right"),
    [
        ("opcon", [11, 12], [2]),
        ("extended-deterrence", [6], [3]),
        ("trilateral", [17], [5]),
        ("space", [13], [6]),
        ("cyber", [13], [6]),
        ("defence-budget", [], [1]),
        ("cost-sharing", [19], []),
        ("bases", [18], []),
        ("unc", [5], []),
        ("inter-korean", [4], []),
    ],
)
def test_a_theme_leads_from_the_52nd_to_the_57th(
    bundled: dict[str, Document], theme: str, left: list[int], right: list[int]
) -> None:
    for id_, expected in (("52", left), ("57-article", right)):
        found = touched(bundled[id_], TAXONOMY)
        assert [t.paragraph for t in found if t.theme == theme and t.about] == expected


def test_passing_mentions_are_kept_and_stay_weak(bundled: dict[str, Document]) -> None:
    found = {
        (touch.theme, touch.paragraph): touch.strength
        for touch in touched(bundled["57-article"], TAXONOMY)
    }
    assert 2 * found["defence-budget", 0] < found["defence-budget", 1]
    assert found["opcon", 0] < found["opcon", 1] < 0.45
    assert ("cost-sharing", 1) not in found


@pytest.mark.parametrize("id_", ABOUT)
def test_every_reason_is_a_span_of_what_is_shown(bundled: dict[str, Document], id_: str) -> None:
    for touch in touched(bundled[id_], TAXONOMY):
        theme = TAXONOMY.theme(touch.theme)
        assert theme is not None
        for reason in touch.reasons:
            shown = shown_at(bundled[id_], reason.address)
            piece = fold(shown[reason.start : reason.end]).translate(SEPARATORS)
            assert piece == fold(reason.term).translate(SEPARATORS)
            assert reason.term in theme.terms or "{next}" in "".join(theme.terms)


def shown_at(document: Document, address: Address) -> str:
    """The heading when the address is a paragraph's, else the text of the part."""
    paragraph = document.paragraph(address.paragraph or 0)
    assert paragraph is not None
    return paragraph.parts[address.part - 1].text if address.part else paragraph.heading


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("「미래 한미동맹 국방비전」 공동연구", "alliance", "defence-budget"),
        ("국방비 증액과 GDP 대비", "defence-budget", "cost-sharing"),
        ("방위비분담금 특별협정(SMA)", "cost-sharing", "defence-budget"),
        ("방위비 분담과 방위비  분담금", "cost-sharing", "defence-budget"),
        ("한미 일부 부대와 한미연합군사령부", "cfc", "trilateral"),
        ("한·미·일 안보회의", "trilateral", "alliance"),
        ("미래연합사의 편성", "cfc", "opcon"),
        ("미래 연합군사령부(F-CFC)", "cfc", "opcon"),
        ("한미연합사단과 연합훈련", "exercises", "cfc"),
        ("연합사 본부의 이전과 험프리스", "cfc", "combined-posture"),
        ("주한미군지위협정", "bases", "usfk"),
        ("주한미군 기지 이전", "bases", "usfk"),
        ("성주기지 사드 포대", "extended-deterrence", "bases"),
        ("탄도미사일 방어", "extended-deterrence", "north-korea"),
        ("탄도미사일 발사", "north-korea", "extended-deterrence"),
        ("북한의 우주발사체 발사", "north-korea", "space"),
        ("확장억제수단운용연습(TTX)", "extended-deterrence", "exercises"),
        ("위기관리 합의각서", "opcon", "combined-posture"),
        ("유엔사무총장과 우주", "space", "unc"),
        ("조선민주주의인민공화국의 도발", "north-korea", "industry"),
        ("조선업과 함정 정비(MRO)", "industry", "north-korea"),
        ("교육훈련 중의 사이버", "cyber", "exercises"),
        ("AI를 활용한 지휘체계", "science-tech", "cyber"),
        ("워싱턴선언과 핵협의그룹(NCG)", "extended-deterrence", "north-korea"),
        ("북·러 군사협력과 오물풍선", "north-korea", "regional"),
        ("한-유엔사 국방장관회의", "unc", "alliance"),
        ("인도-태평양 전략과 대만 해협", "regional", "trilateral"),
        ("을지 자유의 방패(UFS)와 쌍룡훈련", "exercises", "opcon"),
        ("burden sharing under the SMA", "cost-sharing", "defence-budget"),
        ("defense spending as a share of GDP", "defence-budget", "cost-sharing"),
        ("the Defense Vision of the Alliance", "alliance", "defence-budget"),
        ("the Agreement on Crisis Management", "opcon", "combined-posture"),
        ("ballistic missile defense", "extended-deterrence", "north-korea"),
        ("the Nuclear Non-Proliferation Treaty", "north-korea", "wmd"),
        ("a table-top exercise (TTX)", "extended-deterrence", "exercises"),
        ("USFK base relocation", "bases", "usfk"),
        ("OPCON transition and airspace", "opcon", "space"),
    ],
)
def test_words_that_look_alike_are_told_apart(text: str, yes: str, no: str) -> None:
    found = strengths(text)
    assert yes in found
    assert no not in found


@pytest.mark.parametrize(
    "text",
    [
        "핵",
        "핵을 가진 나라",
        "SAID, FAIR, Ai and ai",
        "한미 간 협의와 한미 양국",
        "감사드립니다. 방위비서실은 호주머니를 만족시켰다.",
        "동맹의 대비를 위한 교육훈련",
        "조선의 왕과 미국의 기지개",
        "the air and the aisle; Alliance, exercise, deterrence",
    ],
)
def test_words_that_say_nothing_touch_nothing(text: str) -> None:
    assert strengths(text) == {}


@pytest.mark.parametrize(
    ("theme", "text", "words"),
    [
        ("opcon", "전작권 전환을 위한 전작권전환 계획, FOC", "전작권 ×2, 전환계획, FOC"),
        (
            "cfc",
            "한미연합군사령부와 미래연합사로의, 미래 연합사",
            "미래연합사 ×2, 한미연합군사령부",
        ),
        ("cost-sharing", "방위비 분담과 방위비분담금", "방위비 분담, 방위비 분담금"),
        ("unc", "유엔사는 정전협정을, DMZ", "유엔사, 정전협정, DMZ"),
        ("trilateral", "韓美日 프리덤에지", "한미일, 프리덤 에지"),
        ("science-tech", "인공지능(AI), 유·무인 복합체계", "인공지능, AI, 유·무인 복합체계"),
    ],
)
def test_the_reasons_are_said_in_words(theme: str, text: str, words: str) -> None:
    assert reasons(text, theme) == words


def test_the_next_meeting_is_the_one_after_this() -> None:
    text = "다가오는 제53차 SCM, the 53rd SCM"
    assert reasons(text, "next-meeting") == "제53차 SCM, 53rd SCM"
    assert reasons(text, "next-meeting", meeting=53) == ""
    assert reasons(text, "next-meeting", meeting=None) == ""


def test_a_term_in_the_heading_has_the_address_of_the_paragraph() -> None:
    (touch,) = touched(document("국방비와 SCM.", "국방비.", heading="한국 국방비"), TAXONOMY)
    at = Address("99", 1)
    assert touch.reasons == (
        Reason("국방비", at, 3, 6),
        Reason("국방비", Address("99", 1, 1), 0, 3),
        Reason("국방비", Address("99", 1, 2), 0, 3),
    )


def test_strength_grows_with_what_is_said() -> None:
    rest = " 양측은 의견을 같이하였다."

    def opcon(text: str, heading: str = "") -> float:
        return strengths(text, heading=heading)["opcon"]

    once = opcon("전작권." + rest)
    assert once < opcon("전작권, 전작권." + rest) < opcon("전작권, FOC." + rest)
    assert opcon("전작권." + rest * 5) < once < opcon("전작권.") < themes.ABOUT
    assert opcon("전작권." + rest, "전작권") > opcon("전작권, 전작권." + rest, "제목")
    assert opcon("전작권." + rest, "제목") < once
    assert once < opcon("전작권, 획득계획." + rest) < opcon("전작권, FOC." + rest)
    assert opcon("전작권.", "전작권") == pytest.approx(3 / 4.5, abs=0.001)
    assert opcon("", "전작권") == pytest.approx(2 / 3.5 * 0.75, abs=0.001)


def test_counts_by_theme() -> None:
    touches = [
        Touch("opcon", 1, 0.9, ()),
        Touch("cfc", 1, 0.4, ()),
        Touch("opcon", 2, 0.2, ()),
        Touch("opcon", 3, themes.ABOUT, ()),
    ]
    assert tally(touches) == {"opcon": Tally(2, 3), "cfc": Tally(0, 1)}
    assert tally([]) == {}


PIECES = (
    "전작권",
    "국방비",
    "국방비전",
    "한미",
    "한미일",
    "연합사",
    "AI",
    "SMA",
    " ",
    "·",
    ". ",
    "다. ",
)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), max_size=3))
def test_any_paragraph_is_touched_within_bounds(texts: list[str]) -> None:
    *parts, heading = ["", *texts]
    made = document(*parts, heading=heading)
    for touch in touched(made, TAXONOMY):
        assert 0 < touch.strength < 1
        assert touch.reasons
        for reason in touch.reasons:
            piece = shown_at(made, reason.address)[reason.start : reason.end]
            assert fold(piece).translate(SEPARATORS) == fold(reason.term).translate(SEPARATORS)


# The reader's own file.


def test_without_a_file_of_ones_own_the_shipped_themes_stand(tmp_path: Path) -> None:
    found = load(SHIPPED, tmp_path / "themes.toml")
    assert found.themes == TAXONOMY.themes
    assert found.problem is None


def test_the_readers_taxonomy_is_read_from_the_config_folder() -> None:
    file = themes.own_file()
    file.parent.mkdir(parents=True)
    file.write_text('[[theme]]\nid = "rhetoric"\nname = { ko = "수사" }\nko = "심심한 사의"\n')
    found = themes.taxonomy()
    assert found.problem is None
    assert found.themes[:-1] == TAXONOMY.themes
    assert found.themes[-1].name == Name(ko="수사")
    assert corpus.assets() / "themes.toml" == SHIPPED


OWN = """
heads = ["미합중국의", "부산"]

[[theme]]
id = "반도체"
name = { ko = "반도체", en = "Chips" }
ko = '''
반도체; 첨단 패키징;

  웨이퍼
'''
en = ["semiconductor", "chip"]
general = "팹리스"
without = 'chip in'

[[theme]]
id = "space"
name = { en = "Orbit" }
ko = "궤도"

[[extend]]
id = "반도체"
ko = "극자외선"

[[extend]]
id = "opcon"
general = "지휘권"
without = ["전작권자"]
"""


def test_a_file_of_ones_own_adds_replaces_and_extends(own: Callable[[str], Path]) -> None:
    found = load(SHIPPED, own(OWN))
    assert found.problem is None
    assert [theme.id for theme in found.themes] == [*NAMES, "반도체"]
    chips = found.theme("반도체")
    assert chips is not None
    assert chips.terms == (
        "반도체", "첨단 패키징", "웨이퍼", "semiconductor", "chip", "팹리스", "극자외선",
    )  # fmt: skip
    assert chips.general == ("팹리스",)
    assert chips.without == ("chip in",)
    space, opcon, shipped = found.theme("space"), found.theme("opcon"), TAXONOMY.theme("opcon")
    assert space is not None
    assert (space.name, space.terms) == (Name(en="Orbit"), ("궤도",))
    assert opcon is not None
    assert shipped is not None
    assert opcon.terms == (*shipped.terms, "지휘권")
    assert opcon.general == (*shipped.general, "지휘권")
    assert (opcon.name, opcon.without) == (shipped.name, (*shipped.without, "전작권자"))
    assert found.heads == (*TAXONOMY.heads, "미합중국의", "부산")
    assert set(strengths("부산웨이퍼 chips", taxonomy=found)) == {"반도체"}
    assert set(strengths("우주의 궤도를 chip in", taxonomy=found)) == {"space"}
    assert strengths("전작권자와 지휘권", taxonomy=found) == {}
    assert found.theme("nothing") is None


def test_what_the_reader_wrote_is_cleaned(own: Callable[[str], Path]) -> None:
    decomposed = unicodedata.normalize("NFD", "반도체")
    text = f"""[[theme]]
id = "chips"
name = {{ ko = "{decomposed}\\u001b[31m" }}
ko = ["{decomposed}", "웨\\u200b이퍼\\u202e"]
"""
    found = load(SHIPPED, own(text))
    assert found.problem is None
    assert found.themes[-1] == Theme("chips", Name(ko="반도체"), ("반도체", "웨이퍼"))


NAMED = 'name = { ko = "이름" }\n'


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("[[theme]]\nid = \n", ":2", "this is not TOML"),
        ("colour = 1\n", ":1", "“colour” is not known"),
        ("[[themes]]\nid = 'x'\n", ":1", "“themes” is not known"),
        ("[theme]\nid = 'x'\n", ":1", "write [[theme]] above each"),
        ("theme = [1]\n", ":1", "write [[theme]] above each"),
        (f"[[theme]]\n{NAMED}ko = '단어'\n", ":1", "needs an id"),
        (f"[[theme]]\nid = 'Two Words'\n{NAMED}ko = '단어'\n", ":2", "needs an id"),
        (f"[[theme]]\nid = 3\n{NAMED}ko = '단어'\n", ":2", "needs an id"),
        ("[[theme]]\nid = 'x'\nko = '단어'\n", ":1", "needs a name"),
        ("[[theme]]\nid = 'x'\nname = '이름'\nko = '단어'\n", ":3", "needs a name"),
        ("[[theme]]\nid = 'x'\nname = {}\nko = '단어'\n", ":3", "needs a name"),
        ("[[theme]]\nid = 'x'\nname = { fr = 'nom' }\nko = '단어'\n", ":3", "needs a name"),
        ("[[theme]]\nid = 'x'\nname = { ko = ' ' }\nko = '단어'\n", ":3", "needs a name"),
        (f"[[theme]]\nid = 'x'\n{NAMED}", ":1", "“x” has no terms"),
        (f"[[theme]]\nid = 'x'\n{NAMED}ko = ' ; \t'\n", ":1", "“x” has no terms"),
        (f"[[theme]]\nid = 'x'\n{NAMED}general = '단어'\n", ":1", "“x” has no terms"),
        (f"[[theme]]\nid = 'x'\n{NAMED}ko = 7\n", ":4", "“ko” must be"),
        (f"[[theme]]\nid = 'x'\n{NAMED}en = ['a b', 2]\n", ":4", "“en” must be"),
        (f"[[theme]]\nid = 'x'\n{NAMED}ko = '핵; 단어'\n", ":4", "“핵” is too short"),
        (f"[[theme]]\nid = 'x'\n{NAMED}ko = '단어'\nterms = 'x'\n", ":5", "“terms” is not known"),
        (f"[[theme]]\nid = 'x'\n{NAMED}ko = '단어'\n" * 2, ":6", "“x” stands twice"),
        ("[[extend]]\nid = 'x'\nko = '단어'\n", ":2", "there is no theme “x”"),
        ("[[extend]]\nid = 'opcon'\nname = { ko = '이름' }\n", ":3", "“name” is not known"),
        ("[[extend]]\nid = 'opcon'\n\n[[extend]]\nid = 'cfc'\nko = 7\n", ":6", "“ko” must be"),
        ("heads = 4\n", ":1", "“heads” must be"),
        ("heads = '핵'\n", ":1", "“핵” is too short"),
        ("[[theme]]\nid = 'x'\nheads = '북한'\n", ":3", "“heads” is not known"),
    ],
)
def test_a_broken_file_is_reported_and_the_shipped_themes_stand(
    own: Callable[[str], Path], text: str, where: str, reason: str
) -> None:
    file = own(text)
    found = load(SHIPPED, file)
    assert found.themes == TAXONOMY.themes
    assert found.heads == TAXONOMY.heads
    assert isinstance(found.problem, SettingsError)
    said = str(found.problem)
    assert said.startswith(f"{file}{where}: ")
    assert reason in said
    assert said.endswith("The themes that come with the program are used.") or "Mend" in said
    assert "{" not in language.say(found.problem).replace("{ ko", "")


def test_a_key_that_stands_nowhere_by_itself_is_reported_with_the_file(
    own: Callable[[str], Path],
) -> None:
    file = own("theme = [{ id = 'x', colour = 1 }]\n")
    assert str(load(SHIPPED, file).problem).startswith(f"{file}: “colour” is not known.")


def test_a_file_that_is_no_text_is_reported(own: Callable[[str], Path], tmp_path: Path) -> None:
    folder = load(SHIPPED, tmp_path)
    assert folder.themes == TAXONOMY.themes
    assert "is not a file" in str(folder.problem)
    file = own("")
    file.write_bytes("[[theme]]\nko = '전작권'".encode("cp949"))
    assert "is not UTF-8 text" in str(load(SHIPPED, file).problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_reported(own: Callable[[str], Path]) -> None:
    file = own("")
    file.chmod(0)
    assert "cannot be read" in str(load(SHIPPED, file).problem)


def test_without_its_own_themes_the_program_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no themes"):
        load(tmp_path / "themes.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[[theme]]\nid = 'x'\n")
    with pytest.raises(SettingsError, match="needs a name"):
        load(broken)


def test_a_long_term_is_not_measured_in_vain() -> None:
    assert length("한·미") == 2
    assert all(length(term) >= 2 for theme in TAXONOMY.themes for term in theme.terms)
