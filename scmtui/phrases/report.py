"""A history in sentences that can be pasted into a briefing: what is known, from which documents.

What is not found is said of the documents that were searched, under the rules that were on, and of
nothing else.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from scmtui.language import _, ngettext
from scmtui.phrases.copies import told as copied
from scmtui.phrases.rules import INSIDE, ORDER, label
from scmtui.wording import day, kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from scmtui.model import Facts
    from scmtui.phrases.course import Change, Summary
    from scmtui.phrases.rows import History, Row

FEW = 3
"""Documents that are named with title and date; of more, the ids."""
MOST_WORDS = 6
"""Longer words that are named."""


def report(history: History) -> tuple[str, ...]:
    """Everything that can be said of a phrase, the answer first, one sentence each."""
    return (*answer(history), *basis(history))


def answer(history: History) -> tuple[str, ...]:
    """What became of the phrase: in the official documents, then in the others."""
    sentences: list[str] = []
    if history.marks:
        said = _("“{asked}” is read as “{phrase}”: the marks around it do not count.")
        sentences.append(said.format(asked=history.asked, phrase=history.phrase))
    elif history.asked:
        said = _("“{asked}” is read as “{phrase}”, typed on the English keyboard.")
        sentences.append(said.format(asked=history.asked, phrase=history.phrase))
    for course in history.summaries:
        sentences += _of_official(history, course)
    sentences += _closest(history)
    sentences += _of_others(history)
    rows = [row for row in history.rows if row.state == "present"]
    sentences += filter(None, [longer_words(sum((row.longer for row in rows), Counter()))])
    renamed = [row for row in history.rows if row.other_names]
    if renamed:
        places = "; ".join(f"{row.facts.id} ({', '.join(row.other_names)})" for row in renamed)
        said = _("Not in these words, but under another name: {places}.")
        sentences.append(said.format(places=places))
    if history.related:
        names = dict.fromkeys(it.name for it in history.related)
        sentences.append(
            _("Named there, but another thing and not counted: {names}.").format(
                names=", ".join(names)
            )
        )
    return tuple(sentences)


def basis(history: History) -> tuple[str, ...]:
    """On what the answer stands: documents searched and missing, names, rules on and off."""
    sentences = [searched(history.searched)]
    if history.copies:
        sentences.append(copied(history.copies))
    for course in history.summaries:
        if course.missing:
            said = _("No official document in {language} is at hand of the meetings {numbers}.")
            language = _language(course.language)
            sentences.append(said.format(language=language, numbers=ranges(course.missing)))
    if history.not_searched:
        said = _("In another language, and not searched: {documents}.")
        sentences.append(said.format(documents=listed(history.not_searched)))
    if not history.near_complete:
        sentences.append(_("Near wordings were not looked for everywhere: there is too much text."))
    if history.names:
        sentences.append(_("Also looked for as: {names}.").format(names=", ".join(history.names)))
    return (*sentences, *ruled(history.rules))


def searched(documents: Iterable[Facts]) -> str:
    """Which documents were searched, in a sentence."""
    return _("Searched: {documents}.").format(documents=listed(documents))


def ruled(rules: Container[str]) -> Iterator[str]:
    """The rules that were on, and those that were off, in a sentence each."""
    on = [_(label(name)) for name in ORDER if name in rules]
    off = [_(label(name)) for name in ORDER if name not in rules]
    if on:
        yield _("Differences that did not count: {rules}.").format(rules=", ".join(on))
    yield _(INSIDE)
    if off:
        yield _("Differences that counted: {rules}.").format(rules=", ".join(off))


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, those in a row as one: 1–51, 53, 55–57."""
    pieces = []
    for _step, run in groupby(enumerate(sorted(numbers)), key=lambda it: it[1] - it[0]):
        those = [number for _place, number in run]
        pieces.append(f"{those[0]}–{those[-1]}" if len(those) > 1 else str(those[0]))
    return ", ".join(pieces)


def listed(documents: Iterable[Facts]) -> str:
    """Documents by what they are, with the days of their meetings.

    52 2020-10-14, 53 2021-12-02 (Joint communiqué · official); 57-article 2025-11-04 (…).
    """
    ids: dict[str, list[str]] = {}
    for facts in documents:
        held = f" {facts.held.isoformat()}" if facts.held else ""
        ids.setdefault(kind(facts), []).append(f"{facts.id}{held}")
    return "; ".join(f"{', '.join(those)} ({what})" for what, those in ids.items())


def cited(facts: Facts) -> str:
    """A document as it is cited in a sentence: its id, its title and the day of the meeting."""
    held = f", {day(facts.held)}" if facts.held else ""
    return f"{facts.id} “{facts.title}”{held}"


def _of_official(history: History, course: Summary) -> Iterator[str]:
    rows = {row.facts.id: row for row in history.official}
    searched = [rows[id_] for id_ in course.documents]
    language = _language(course.language)
    if not searched:
        yield _("No official document in {language} is at hand: nothing is said of any.").format(
            language=language
        )
        return
    present = [row for row in searched if row.state == "present"]
    lacking = [row for row in searched if row.state in ("near", "absent")]
    inside = [row for row in searched if row.state == "inside"]
    if not present and not inside:
        yield _nowhere(history.phrase, lacking, language)
    elif present:
        yield _somewhere(history.phrase, present, len(searched), language)
    yield from _inside(history.phrase, inside)
    if lacking and (present or inside):
        said = _("It does not stand in {documents}.")
        yield said.format(documents=_cited(row.facts for row in lacking))
    if present and course.meetings > 1:
        yield from _course(history, course)


def _somewhere(phrase: str, present: Sequence[Row], total: int, language: str) -> str:
    """Which of so many official documents have the phrase, and where."""
    said = _(
        "“{phrase}” stands in {count} of {total} official documents at hand in {language}: "
        "{places}."
    )
    return said.format(
        phrase=phrase,
        count=len(present),
        total=total,
        language=language,
        places="; ".join(map(_where, present)),
    )


def _nowhere(phrase: str, lacking: Sequence[Row], language: str) -> str:
    """That none of these official documents has the phrase."""
    said = ngettext(
        "“{phrase}” does not stand in the official document at hand in {language}: {documents}.",
        "“{phrase}” stands in none of the {count} official documents at hand in {language}: "
        "{documents}.",
        len(lacking),
    )
    documents = _cited(row.facts for row in lacking)
    return said.format(phrase=phrase, count=len(lacking), language=language, documents=documents)


def _inside(phrase: str, rows: Sequence[Row]) -> Iterator[str]:
    """Which documents have only longer words that contain the phrase."""
    if rows:
        said = _("Only inside longer words, and not counted as “{phrase}”: {places}.")
        yield said.format(phrase=phrase, places="; ".join(map(_where_inside, rows)))


def _course(history: History, course: Summary) -> Iterator[str]:
    """First, last, and what happened between."""
    said = _("First in {first}, last in {last}, of the official documents at hand.")
    yield said.format(first=course.first, last=course.last)
    near = {row.facts.id: row.near for row in history.rows if row.near}
    for change in course.dropped:
        said = _("Dropped in {document}: it stood in {before}, or nearly.")
        if change.was == "inside":
            said = _("Dropped in {document}: in {before} it stood inside longer words only.")
        yield _after(said, change)
    for change in course.reworded:
        wording = near[change.document]
        said = _("Reworded in {document}, after {before}: “{text}”.")
        yield _after(said, change, text=wording.text)
    for change in course.returned:
        said = _("Back in {document}: it did not stand in {before}.")
        if change.was == "inside":
            said = _("Back in {document}: in {before} it stood inside longer words only.")
        yield _after(said, change)


def _after(said: str, change: Change, **values: str) -> str:
    sentence = said.format(document=change.document, before=change.after, **values)
    if not change.missing:
        return sentence
    gap = _("No official document of the meetings {numbers} between them is at hand.")
    return f"{sentence} {gap.format(numbers=ranges(change.missing))}"


def _closest(history: History) -> Iterator[str]:
    """The closest wordings, where the phrase stands in no official document of its language."""
    if history.summary.first is None:
        for row in history.official:
            if row.near:
                said = _("The closest wording there, in {address}: “{text}” (likeness {likeness}).")
                yield said.format(
                    address=row.near.address,
                    text=row.near.text,
                    likeness=f"{row.near.likeness:.2f}",
                )


def _of_others(history: History) -> Iterator[str]:
    """What unofficial texts have; they prove nothing of a communiqué."""
    have = [row for row in history.unofficial if row.state == "present"]
    have_not = [row for row in history.unofficial if row.state in ("near", "absent")]
    inside = [row for row in history.unofficial if row.state == "inside"]
    if have:
        said = _("Apart from these, in texts that are not official: {places}.")
        yield said.format(places="; ".join(map(_where, have)))
    if inside:
        said = _("Only inside longer words, in texts that are not official: {places}.")
        yield said.format(places="; ".join(map(_where_inside, inside)))
    if have_not:
        said = _(
            "Not found in texts that are not official, which proves nothing of a communiqué: "
            "{documents}."
        )
        yield said.format(documents=_cited(row.facts for row in have_not))


def _where(row: Row) -> str:
    """A document with the paragraphs that have the phrase, and how often: 52:11, 52:12 (13×)."""
    return f"{', '.join(map(str, row.addresses))} ({row.count}×)"


def _where_inside(row: Row) -> str:
    """A document with the paragraphs that have longer words, and these: 54:2 (확장억제 1×)."""
    return f"{', '.join(map(str, row.inside_at))} ({counted(row.longer)})"


def counted(words: Counter[str]) -> str:
    """Words with how often each stands there, the frequent first: 확장억제 4×, 억제력 1×."""
    said = [f"{word} {count}×" for word, count in words.most_common(MOST_WORDS)]
    return ", ".join([*said, *(["…"] if len(words) > MOST_WORDS else [])])


def longer_words(words: Counter[str]) -> str:
    """Which longer words contain a phrase and are not counted; empty when there is none."""
    if not words:
        return ""
    return _("Inside longer words, and not counted: {words}.").format(words=counted(words))


def _cited(documents: Iterable[Facts]) -> str:
    those: Sequence[Facts] = tuple(documents)
    if len(those) > FEW:
        return ", ".join(facts.id for facts in those)
    return "; ".join(map(cited, those))


def _language(language: str) -> str:
    return _("Korean") if language == "ko" else _("English")
