"""What shows, beside a text's own words, that it is the official one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scmtui import corpus, readers
from scmtui.add import amended, stated
from scmtui.evidence import DOUBT, ONLY_ITSELF, questioned, reason, settled, weighed
from scmtui.library import Library
from scmtui.model import Document, Finding, Kind, NotFoundError, Remark
from scmtui.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Document]


@pytest.fixture
def arriving(bundled: dict[str, Document]) -> Document:
    """The 52nd communiqué as another file has it, official by its own words."""
    own = bundled["52"]
    source = replace(own.facts.provenance, file="copy.pdf", sha256="0" * 64)
    found = (Finding("official", "true", "//끝//", 5),)
    return replace(own, facts=replace(own.facts, provenance=source), findings=found)


def edited(document: Document, *numbers: int) -> Document:
    """The document with a word more in these paragraphs."""

    def edit(number: int, text: str) -> str:
        return f"{text} 덧붙임" if number in numbers else text

    paragraphs = tuple(
        replace(it, parts=tuple(replace(p, text=edit(it.number, p.text)) for p in it.parts))
        for it in document.paragraphs
    )
    return replace(document, paragraphs=paragraphs)


def doubts(document: Document) -> list[str]:
    return [it.text for it in document.doubts if it.kind == DOUBT]


def test_the_words_of_an_official_document_speak_for_a_copy(arriving: Document) -> None:
    assert weighed(arriving, Shelf()) == arriving
    assert not questioned(arriving)
    assert settled(arriving) is arriving


@given(st.sets(st.integers(1, 20), min_size=1))
def test_every_paragraph_with_another_letter_is_counted(numbers: set[int]) -> None:
    document = replace(corpus.document("52"), findings=())
    found = weighed(edited(document, *numbers), Shelf())
    (told,) = doubts(found)
    count = len(numbers)
    assert told.startswith(f"It differs from 52, which is official, in {count} paragraph")
    assert questioned(found)
    assert not settled(found).facts.official


def test_blanks_and_forms_of_marks_are_no_other_words(arriving: Document) -> None:
    def set_anew(text: str) -> str:
        return text.replace(" ", "").translate(str.maketrans("·‘’“”(", "∙''\"\"（"))

    paragraphs = tuple(
        replace(it, parts=tuple(replace(p, text=set_anew(p.text)) for p in it.parts))
        for it in arriving.paragraphs
    )
    assert not doubts(weighed(replace(arriving, paragraphs=paragraphs), Shelf()))


def test_a_paragraph_that_was_left_out_is_a_difference(arriving: Document) -> None:
    (told,) = doubts(weighed(replace(arriving, paragraphs=arriving.paragraphs[:-1]), Shelf()))
    assert "in 1 paragraph" in told


@pytest.mark.parametrize(
    "other",
    [{"meeting": 54, "id": "54"}, {"language": "en"}, {"kind": Kind.PRESS}, {"meeting": None}],
)
def test_of_another_document_nothing_is_known(arriving: Document, other: dict[str, object]) -> None:
    document = replace(arriving, facts=replace(arriving.facts, **other))  # type: ignore[arg-type]
    assert doubts(weighed(document, Shelf())) == [ONLY_ITSELF]


def test_what_is_not_official_is_not_asked_about(arriving: Document) -> None:
    document = replace(arriving, facts=replace(arriving.facts, meeting=54, official=False))
    assert weighed(document, Shelf()) is document


def test_what_the_reader_called_official_speaks_for_a_copy(
    arriving: Document, tmp_path: Path
) -> None:
    document = edited(arriving, 3)
    document = replace(document, facts=replace(document.facts, id="54", meeting=54))
    library = Library(tmp_path / "library")
    shelf = Shelf(added=library)
    library.add(settled(weighed(document, shelf)), b"one")
    assert doubts(weighed(document, shelf)) == [ONLY_ITSELF]  # kept as not official: no evidence
    library.replace("54", amended(library.document("54"), {"official": "yes"}))
    assert not doubts(weighed(document, shelf))
    assert "54" in doubts(weighed(edited(document, 4), shelf))[0]
    library.close()


def test_an_unofficial_copy_in_its_place_does_not_hide_what_comes_with_the_program(
    arriving: Document, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library")
    facts = replace(arriving.facts, official=False)
    library.replace("52", edited(replace(arriving, facts=facts), 1), b"doctored")
    assert not doubts(weighed(arriving, Shelf(added=library)))
    library.close()


def test_what_is_settled_says_so_and_the_word_of_the_reader_ends_the_doubt(
    arriving: Document,
) -> None:
    document = weighed(edited(arriving, 7), Shelf())
    kept = settled(document)
    (official,) = (it for it in stated(kept) if it.fact == "official")
    assert (official.value, official.corrected) == ("no", False)
    assert official.found
    assert official.found.quote == "//끝//"
    for answer, expected in (("yes", True), ("no", False)):
        said = amended(document, {"official": answer})
        assert said.facts.official is expected
        assert not doubts(said)
        assert not questioned(said)
    assert doubts(amended(document, {"place": "서울"}))


def test_an_official_text_that_cannot_be_read_speaks_for_nothing(
    arriving: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(id: str) -> Document:  # noqa: A002 - its name
        raise NotFoundError("There is no document “{id}”.", id=id)

    shelf = Shelf()
    monkeypatch.setattr(shelf, "document", damaged)
    monkeypatch.setattr(corpus, "document", damaged)
    assert doubts(weighed(arriving, shelf)) == [ONLY_ITSELF]


NUMBERS = r"(?m)^\s*\d{1,2}\. "


def changed_text(source: str, how: str) -> str:
    """The file of the communiqué as somebody may have changed it."""
    date, end = "2020년 10월 14일, 워싱턴 D.C.", "//끝//"
    changed = {
        "no numbers": re.sub(NUMBERS, "", source),
        "title": source.replace("공동성명", "공동성명 (개정: 전작권 전환 2021년 완료 합의)", 1),
        "ending": source.replace(end, f"{end}\n\n부기: 양측은 전작권을 2021년에 전환한다."),
        "short ending": source.replace(end, f"{end}\n\n부속: 전작권 2021년 전환"),
        "day": source.replace(date, "2021년 10월 14일, 워싱턴 D.C.", 1),
        "place": source.replace(date, "2020년 10월 14일, 서울", 1),
        "before the title": f"대외비 초안\n\n{source}",
        "under the date": source.replace(date, f"{date}\n\n전작권 2021년 전환 합의본", 1),
        "sign": source.replace("재확인", "≠재확인", 1),
        "times": source.replace("하였다.", "하였다(×).", 1),
        "overlaid": source.replace("재확인", "재\u0338확\u0338인\u0338", 1),
        "struck": source.replace("재확인", "~~재확인~~", 1),
        "minus": source.replace("2020년 10월 13일", "-2020년 10월 13일", 1),
        "point": source.replace("2020년 10월 13일", "20.20년 10월 13일", 1),
    }[how]
    assert changed != source
    return changed


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Document]:
    """Reads a text as a file that is to be added."""

    def reading(text: str) -> Document:
        path = tmp_path / "copy.txt"
        path.write_text(text, encoding="utf-8")
        (document,) = readers.read(path).documents
        return corpus.completed(document)

    return reading


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("no numbers", "21 paragraphs"),
        ("title", "its title"),
        ("ending", "what follows its last paragraph"),
        ("short ending", "what follows its last paragraph"),
        ("day", "the day of publication"),
        ("place", "the place"),
        ("before the title", "its title"),
        ("under the date", "1 paragraph"),
        ("sign", "1 paragraph"),
        ("times", "1 paragraph"),
        ("overlaid", "1 paragraph"),
        ("struck", "1 paragraph"),
        ("minus", "1 paragraph"),
        ("point", "1 paragraph"),
    ],
)
def test_a_changed_copy_is_asked_about(
    read: Callable[[str], Document], bundled: dict[str, Document], how: str, told: str
) -> None:
    document = weighed(read(changed_text(bundled["52"].source, how)), Shelf())
    assert doubts(document) == [
        f"It differs from 52, which is official, in {told}: say whether this one is."
    ]
    assert not settled(document).facts.official
    assert reason(document, Shelf()) == "Only its own words say that it is."


def test_the_file_itself_is_not_asked_about(
    read: Callable[[str], Document], bundled: dict[str, Document]
) -> None:
    source = bundled["52"].source
    for text in (source, source.replace("‘", "'").replace("“", "〝").replace("〝", '"')):
        document = weighed(read(text), Shelf())
        assert document.facts.official
        assert not doubts(document)


SIGNS = "$₩-−+≠×%.3"


@given(st.sampled_from(SIGNS), st.sampled_from(SIGNS), st.integers(0, 200))
def test_no_sign_stands_for_another(one: str, other: str, at: int) -> None:
    def having(sign: str) -> Document:
        first, *rest = known.paragraphs
        text = first.parts[0].text
        part = replace(first.parts[0], text=f"{text[:at]}{sign}{text[at:]}")
        return replace(known, paragraphs=(replace(first, parts=(part,)), *rest))

    known = corpus.document("52")
    written = having(one)
    facts = replace(known.facts, provenance=replace(known.facts.provenance, sha256="1" * 64))

    class Having(Shelf):
        def document(self, id: str) -> Document:  # noqa: A002 - theirs
            return written

    arriving = replace(having(other), facts=facts, findings=())
    alike = written.paragraphs == arriving.paragraphs or {one, other} == {"-", "−"}
    assert (not doubts(weighed(arriving, Having()))) is alike


@pytest.mark.parametrize(
    ("kind", "text", "asked"),
    [
        ("footnote", "1 한미안보협의회의: Security Consultative Meeting", True),
        ("hidden", "전작권을 2021년에 전환한다.", True),
        ("footer", "The two sides agreed to it. All of them.", True),
        ("page-number", "- 1 -, - 2 -", False),
        ("running-head", "국방부 보도자료", False),
    ],
)
def test_what_was_left_out_counts_when_it_says_something(
    arriving: Document, kind: str, text: str, asked: bool
) -> None:
    document = replace(arriving, dropped=(*arriving.dropped, Remark(kind, text)))
    assert bool(doubts(weighed(document, Shelf()))) is asked


def test_paragraphs_in_another_order_differ(arriving: Document) -> None:
    first, second, *rest = arriving.paragraphs
    (told,) = doubts(weighed(replace(arriving, paragraphs=(second, first, *rest)), Shelf()))
    assert "in 2 paragraphs" in told


def test_why_a_text_is_official_is_told(arriving: Document, tmp_path: Path) -> None:
    assert reason(arriving, Shelf()) == "It has the same words as 52, which is official."
    assert not reason(corpus.document("52"), Shelf())
    copy = replace(arriving, facts=replace(arriving.facts, official=False))
    assert "same words as 52, which is official; that this file" in reason(copy, Shelf())
    assert not reason(edited(copy, 3), Shelf())
    library = Library(tmp_path / "library")
    shelf = Shelf(added=library)
    other = replace(arriving, facts=replace(arriving.facts, id="54", meeting=54))
    library.add(other, b"one")
    assert reason(library.document("54"), shelf) == "No other text at hand shows it."
    library.close()
