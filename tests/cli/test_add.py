"""Adding files on the command line: what is shown, asked, added, and said."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scmtui.cli import add, terminal
from scmtui.library import Library
from scmtui.model import Address, PasswordError
from scmtui.positions import position
from scmtui.settings import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

    Run = Callable[..., Any]

PAGES = Path(__file__).parents[1] / "samples" / "html"


@pytest.fixture
def another(tmp_path: Path, bundled: dict[str, Document]) -> Path:
    """The text of a communiqué that is not there yet."""
    file = tmp_path / "제54차 성명.txt"
    source = bundled["52"].source.replace("제52차", "제54차").replace("2020년 10월", "2022년 11월")
    file.write_text(source, encoding="utf-8")
    return file


@pytest.fixture
def copy(tmp_path: Path, bundled: dict[str, Document]) -> Path:
    """Another copy of the 52nd communiqué."""
    file = tmp_path / "copy.txt"
    file.write_text(bundled["52"].source + "\n", encoding="utf-8")
    return file


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`answering("y\\n")`: somebody sits at the terminal and answers so."""

    def sit(typed: str) -> None:
        monkeypatch.setattr(terminal, "answers", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))

    return sit


def ids(run: Run) -> set[str]:
    return {it["id"] for it in run("list", "--json").record["documents"]}


def test_without_a_word_of_consent_it_is_shown_and_not_added(run: Run, another: Path) -> None:
    printed = run("add", str(another))
    assert printed.status == 2
    assert printed.err == "scmtui: Nothing was added. With --yes it is added.\n"
    assert "제54차 한미안보협의회의(SCM) 공동성명" in printed.out
    assert "54 · ko · 20 paragraphs" in printed.out
    assert ids(run) == {"52", "57-article"}


def test_with_yes_it_is_added_once(run: Run, another: Path) -> None:
    printed = run("add", str(another), "--official", "yes", "--yes")
    assert (printed.status, printed.err) == (0, "scmtui: 제54차 성명.txt: it was added as 54.\n")
    again = run("add", str(another), "--yes")
    assert again.status == 0
    assert "it is there already as 54; nothing was changed" in again.err
    assert ids(run) == {"52", "54", "57-article"}
    assert "제54차 한미안보협의회의" in run("show", "54:1").out


def test_the_record_is_that_of_show_with_doubts_and_what_became_of_it(
    run: Run, another: Path
) -> None:
    record = run("add", str(another), "--yes", "--json").record
    (document,) = record.pop("documents")
    assert record == document
    assert document["outcome"] == "added"
    assert document["document"]["id"] == "54"
    assert document["document"]["source"]["added"]
    assert document["dropped"] == [{"kind": "end-mark", "text": "//끝//"}]
    shown = run("show", "54", "--json").record
    assert {key: document[key] for key in shown} == shown
    assert run("add", str(another), "--yes", "--json").record["outcome"] == "there"


def test_facts_are_given_by_options(run: Run, another: Path) -> None:
    options = ("--meeting", "55", "--kind", "press", "--published", "2023. 11. 13.")
    more = ("--official", "no", "--place", "서울", "--title", "[제55차]", "--lang", "ko")
    record = run("add", str(another), *options, *more, "--yes", "--json").record
    facts = record["document"]
    assert (facts["id"], facts["kind"], facts["published"]) == ("55-press", "press", "2023-11-13")
    assert (facts["official"], facts["place"], facts["title"]) == (False, "서울", "[제55차]")


def test_what_only_says_of_itself_that_it_is_official_is_doubtful(run: Run, another: Path) -> None:
    told = "Nothing outside the text shows that this is the official text"
    assert told in (shown := run("read", str(another)).out)
    assert shown.splitlines()[1].startswith("Joint communiqué · not official")
    kinds = [it["kind"] for it in run("read", str(another), "--json").record["doubts"]]
    assert kinds.count("official") == 1
    printed = run("add", str(another), "--yes")
    assert printed.status == 0
    assert told in printed.out
    assert "it is kept as not official, since only its own words say that it is" in printed.err
    assert "--official yes" in printed.err
    assert run("show", "54", "--json").record["document"]["official"] is False


@pytest.mark.parametrize(("answer", "official"), [("yes", True), ("no", False)])
def test_the_word_of_the_reader_settles_it(
    run: Run, another: Path, answer: str, official: bool
) -> None:
    record = run("add", str(another), "--official", answer, "--yes", "--json").record
    assert record["document"]["official"] is official
    assert "official" not in {it["kind"] for it in record["doubts"]}


@pytest.mark.parametrize(("answers", "official"), [("y\ny\n", True), ("y\nn\n", False)])
def test_who_can_answer_is_asked_once_whether_it_is_official(
    run: Run, another: Path, answering: Callable[[str], None], answers: str, official: bool
) -> None:
    answering(answers)
    printed = run("add", str(another))
    assert printed.err.count("Do you know that 제54차 성명.txt is the official text?") == 1
    assert run("show", "54", "--json").record["document"]["official"] is official


def test_a_doctored_copy_is_told_from_the_official_text(
    run: Run, copy: Path, bundled: dict[str, Document]
) -> None:
    doctored = bundled["52"].source.replace("확장억제를 제공할", "확장억제를 재검토할")
    copy.write_text(doctored, encoding="utf-8")
    printed = run("add", str(copy), "--yes")
    assert "It differs from 52, which is official, in 1 paragraph" in printed.out
    record = run("show", "52-2", "--json").record["document"]
    assert record["official"] is False
    assert "scmtui: 52-2 " not in run("show", "52").err
    assert run("show", "52", "--json").record["document"]["id"] == "52"


def test_a_copy_with_the_words_of_the_official_text_is_official(run: Run, copy: Path) -> None:
    record = run("add", str(copy), "--yes", "--json").record
    assert (record["document"]["official"], record["doubts"]) == (True, [])


@pytest.mark.parametrize("option", ["--meeting=x", "--kind=x", "--held=x", "--official=x"])
def test_an_option_that_cannot_be_is_told_before_anything_is_read(run: Run, option: str) -> None:
    printed = run("add", "none.txt", option, "--yes")
    assert printed.status == 2
    assert printed.err.startswith("scmtui: “x” ")


def test_one_file_that_cannot_be_read_holds_up_no_other(run: Run, another: Path) -> None:
    (another.parent / "empty.txt").write_text("", encoding="utf-8")
    files = [str(another.parent / "empty.txt"), str(another), "none.txt"]
    printed = run("add", *files, "--yes")
    assert printed.status == 3
    assert "“empty.txt” is empty." in printed.err
    assert "There is no file “none.txt”." in printed.err
    assert "54" in ids(run)


def test_nothing_that_can_be_read_is_an_error(run: Run, tmp_path: Path) -> None:
    printed = run("add", "none.txt", "nor.txt", "--yes")
    assert (printed.status, printed.out) == (3, "")
    assert printed.err.count("There is no file") == 2
    empty = tmp_path / "folder"
    empty.mkdir()
    assert "holds no file that can be read" in run("read", str(empty)).err


def test_a_folder_that_cannot_be_opened_holds_up_no_file(
    run: Run, another: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(folder: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(add, "files_in", closed)
    printed = run("add", str(another.parent), str(another), "--yes")
    assert printed.status == 3
    assert "cannot be read: permission is denied." in printed.err
    assert "54" in ids(run)


def test_a_folder_stands_for_the_files_in_it(run: Run, another: Path, copy: Path) -> None:
    (another.parent / "picture.bin").write_bytes(b"\x89PNG")
    printed = run("add", str(another.parent), str(another), "--yes")
    assert printed.status == 0
    assert printed.err.count("it was added as") == 2
    assert ids(run) == {"52", "52-2", "54", "57-article"}


def test_a_copy_stands_beside_the_other_or_takes_its_place(run: Run, copy: Path) -> None:
    assert "it was added as 52-2" in run("add", str(copy), "--yes").err
    library = Library(paths().data)
    library.remove("52-2")
    library.close()
    printed = run("add", str(copy), "--yes", "--replace", "--json")
    assert printed.record["outcome"] == "replaced"
    assert "it has taken the place of 52" in printed.err
    assert ids(run) == {"52", "57-article"}


def test_what_needs_a_look_after_a_replacement_is_told(
    run: Run, copy: Path, bundled: dict[str, Document]
) -> None:
    library = Library(paths().data)
    library.set_mark("a", position(bundled["52"], Address("52", 20, 1)))
    library.close()
    last = bundled["52"].paragraphs[-1]
    text = bundled["52"].source
    copy.write_text(text[: last.start] + "20. 다른 말이다.\n" + text[last.end :], encoding="utf-8")
    printed = run("add", str(copy), "--yes", "--replace")
    assert "1 mark or note needs a look" in printed.err


@pytest.mark.parametrize(
    ("typed", "added"),
    [("y\n", True), ("예\n", True), ("ㅛ\n", True), ("n\n", False), ("\n", False), ("", False)],
)
def test_somebody_who_can_answer_is_asked(
    run: Run, another: Path, answering: Callable[[str], None], typed: str, added: bool
) -> None:
    answering(typed)
    printed = run("add", str(another))
    assert printed.status == 0
    assert "Add 54 (y), add all (a), or not (n)?" in printed.err
    assert "20 paragraphs" in printed.out
    assert ("54" in ids(run)) is added


def test_all_is_an_answer_for_the_rest(
    run: Run, another: Path, copy: Path, answering: Callable[[str], None]
) -> None:
    answering("a\n")
    printed = run("add", str(copy), str(another))
    assert "52 (Joint communiqué · official) is another copy of it." in printed.err
    assert printed.err.count("?") == 1
    assert {"52-2", "54"} <= ids(run)


def test_in_its_place_is_an_answer_where_there_is_a_copy(
    run: Run, copy: Path, answering: Callable[[str], None]
) -> None:
    answering("r\n")
    assert "it has taken the place of 52" in run("add", str(copy)).err
    assert ids(run) == {"52", "57-article"}


@pytest.mark.parametrize(("typed", "replaced"), [("r\ny\n", True), ("r\n\n", False)])
def test_the_official_text_is_replaced_after_one_more_question(
    run: Run, copy: Path, answering: Callable[[str], None], typed: str, replaced: bool
) -> None:
    answering(typed)
    printed = run("add", str(copy), "--official", "no")
    assert "52 is official and this text is not. Replace it? [y/N]" in printed.err
    assert ("it has taken the place of 52" in printed.err) is replaced
    assert ("not official" in run("show", "52").out) is replaced


def test_without_a_question_it_is_said_that_the_official_text_was_replaced(
    run: Run, copy: Path
) -> None:
    printed = run("add", str(copy), "--official", "no", "--yes", "--replace")
    assert "52 was official and copy.txt is not. To put it back: scmtui remove --undo 52" in (
        printed.err
    )
    assert run("remove", "--undo", "52").status == 0
    assert "not official" not in run("show", "52").out


def test_a_name_that_is_empty_is_not_the_folder_here(
    run: Run, another: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(another.parent)
    printed = run("add", "", "--yes")
    assert printed.status == 2
    assert "A file without a name was given. Nothing was changed." in printed.err
    assert ids(run) == {"52", "57-article"}


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files that want the password “비밀”; the passwords that were tried."""
    from scmtui import readers

    tried: list[str] = []
    real = readers.read

    def read(
        path: Path,
        rules: frozenset[str],
        *,
        password: str = "",
        told: Callable[[int, int], None] = lambda done, total: None,
    ) -> readers.Reading:
        tried.append(password)
        if password != "비밀":
            raise PasswordError("“{file}” wants a password.", file=path.name)
        told(1, 2)
        return real(path, rules)

    monkeypatch.setattr(readers, "read", read)
    return tried


def test_a_password_is_taken_from_the_option(run: Run, another: Path, locked: list[str]) -> None:
    assert run("read", str(another), "--password", "비밀").status == 0
    printed = run("read", str(another), "--password", "아님")
    assert printed.status == 3
    assert "아님" not in printed.err + printed.out


def test_a_password_is_asked_for_a_few_times(
    run: Run,
    another: Path,
    locked: list[str],
    answering: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answering("")
    given = iter(["아님", "비밀"])
    monkeypatch.setattr(terminal, "secret", lambda question: next(given))
    assert run("add", str(another), "--yes").status == 0
    assert locked == ["", "아님", "비밀"]
    monkeypatch.setattr(terminal, "secret", lambda question: "아님")
    assert run("add", str(another), "--yes").status == 3
    assert len(locked) == 6


def test_a_password_is_read_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def unseen(prompt: str, stream: object) -> str:
        asked.append(prompt)
        raise EOFError

    monkeypatch.setattr("getpass.getpass", unseen)
    assert terminal.secret("Password\x1b[2J for “x”") == ""
    assert asked == ["Password for “x”: "]


def test_progress_is_shown_on_a_terminal_alone(
    run: Run,
    another: Path,
    locked: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("read", str(another), "--password", "비밀").err == ""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(terminal, "is_terminal", lambda stream: stream is sys.stderr)
    err = run("read", str(another), "--password", "비밀").err
    assert "\r\x1b[K제54차 성명.txt\r\x1b[K제54차 성명.txt: 1 of 2\r\x1b[K" in err
    err = run("read", str(another), "none.txt", "--password", "비밀").err
    assert "\r\x1b[K1/2 제54차 성명.txt: 1 of 2\r\x1b[K\r\x1b[K2/2 none.txt\r\x1b[K" in err


def test_a_hostile_name_and_text_act_on_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x\x1b]52;c;eA==\x07[y].txt"
    file.write_text("\x1b[2J제54차 SCM 공동성명\x9b31m\n1. 양 장관은 \u202e…\n", encoding="utf-8")
    for options in ((), ("--yes",), ("--json",)):
        printed = run("add", str(file), *options)
        assert not set("\x1b\x07\x9b\u202e") & set(printed.out + printed.err)
    assert run("read", str(file)).status == 0


def test_the_library_is_said_to_be_at_fault_when_it_is(
    run: Run, another: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scmtui.model import LibraryError

    def full(self: Library, document: Document, original: bytes) -> None:
        raise LibraryError("The disk is full.", kept="Nothing was changed.")

    monkeypatch.setattr(Library, "add", full)
    printed = run("add", str(another), "--yes", "--json")
    assert printed.status == 3
    assert "The disk is full." in printed.err
    assert printed.record["documents"][0]["outcome"] == "failed"


def test_why_it_is_official_stands_beside_it(run: Run, copy: Path, another: Path) -> None:
    same = run("read", str(copy)).out
    assert same.splitlines()[1].startswith("Joint communiqué · official")
    (row,) = (it for it in same.splitlines() if it.startswith("Official "))
    assert "yes · “//끝//” · It has the same words as 52, which is official." in row
    alone = run("read", str(another)).out
    (row,) = (it for it in alone.splitlines() if it.startswith("Official "))
    assert "no · “//끝//” · Only its own words say that it is." in row
    assert run("read", str(another), "--json").record["document"]["official"] is False


def test_a_web_page_with_the_official_words_is_told_to_be_a_copy(run: Run) -> None:
    for name in ("naver_blog", "tistory_ol", "ministry_table", "ministry_euckr"):
        told = run("read", str(PAGES / f"{name}.html")).out
        assert told.splitlines()[1].startswith("Joint communiqué · not official")
        (row,) = (it for it in told.splitlines() if it.startswith("Official "))
        assert "no · Its paragraphs have the same words as 52, which is official;" in row


def test_what_is_given_is_not_shown_as_if_the_text_said_it(run: Run, copy: Path) -> None:
    options = ("--meeting", "51", "--held", "2019-11-15", "--place", "서울")
    rows = {it.split("  ")[0]: it for it in run("add", str(copy), *options).out.splitlines()}
    for fact, was in (("Meeting", "52"), ("Held", "14 October 2020"), ("Place", "워싱턴 D.C.")):
        assert f"You corrected it; it was read as “{was}”." in rows[fact]
        assert "2020년" not in rows[fact]
    told = [it for it in run("add", str(copy), *options).out.splitlines() if "catalogue" in it]
    doubts = [it for it in told if it.startswith("Doubt")]
    assert len(doubts) == 1
    assert "ROK minister: the catalogue of meetings says “Jeong Kyeong-doo”" in doubts[0]
