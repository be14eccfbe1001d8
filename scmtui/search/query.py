"""The language of queries: what is typed into the search field or after `scmtui search`.

    query   = { clause }
    clause  = ["-"] ( filter | term { "or" term } )
    term    = word | "exact words" | /pattern/
    filter  = field ":" value

Every clause must hold; `or` binds the terms beside it; `-` turns a clause round. A quotation or a
pattern that is not closed goes on to the end, so that it is answered while it is typed.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from scmtui import hangul
from scmtui.language import N_
from scmtui.model import QueryError

MOST_CHARACTERS = 1000
MOST_TERMS = 60

SYNTAX = N_("""\
전작권 전환          both words in one paragraph, best where they stand together
"전작권 전환"        exactly these words
전작권 or FOC        either of the two
-사드                not this word
/전작권.{0,9}전환/   a regular expression
scm:52  scm:50..57  scm:55..     the meetings
theme:opcon                      a theme, by its id or its name
kind:communique                  communique, article, press or other
lang:ko                          ko or en
tag:…  note:…                    what you tagged, what your notes say
Filters take several values (scm:52,57) and a minus before them (-kind:article).

A word is also found half-typed (전작ㄱ), by its initial consonants (ㅈㅈㄱ), typed on the other
keyboard layout (wjswkrrnjs), by its other names (OPCON), with or without blanks and particles,
in hanja, and, when nothing else is found, with a typing mistake. The search says how it read you.
""")

FIELDS = ("scm", "theme", "kind", "lang", "tag", "note")
_KOREAN_FIELDS = {
    "회의": "scm", "주제": "theme", "종류": "kind", "언어": "lang", "태그": "tag", "메모": "note",
}  # fmt: skip


class Term(NamedTuple):
    """Something to find: plain words, exact words, or a pattern; `at` is its place."""

    text: str
    at: int
    kind: Literal["word", "exact", "pattern"] = "word"


class Clause(NamedTuple):
    """Terms of which one must be found, or (`negative`) none."""

    terms: tuple[Term, ...]
    negative: bool = False


class Filter(NamedTuple):
    """A condition on the document, or on what the reader or the program noted of a paragraph."""

    field: str
    values: tuple[str, ...]
    at: int
    negative: bool = False


class Query(NamedTuple):
    """A query as it was read."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def words(self) -> tuple[Term, ...]:
        """The plain words that must all be found."""
        return tuple(
            clause.terms[0]
            for clause in self.clauses
            if not clause.negative and len(clause.terms) == 1 and clause.terms[0].kind == "word"
        )


_TOKEN = re.compile(
    r"""
    (?P<minus>-(?=[^\s-]))?
    (?:
      (?P<quote>["“”„])(?P<exact>[^"“”„]*)["“”„]?
    | /(?P<pattern>(?:\\.|[^/\\])+)(?:/(?!\S)|/?$)
    | (?P<field>[A-Za-z]{2,}|[가-힣ㄱ-ㅣ]{1,6}):(?P<value>"[^"]*"?|[^\s"“”„]*)
    | (?P<word>[^\s"“”„]+)
    )
    """,
    re.VERBOSE,
)


def parse(query: str) -> Query:
    """The query in parts. Raises QueryError with the place of what cannot be read."""
    if len(query) > MOST_CHARACTERS:
        raise QueryError(
            "A query has at most {most} characters.", at=MOST_CHARACTERS, most=MOST_CHARACTERS
        )
    clauses: list[Clause] = []
    filters: list[Filter] = []
    either = False
    for match in _TOKEN.finditer(query):
        if match["word"] and match["word"].lower() == "or" and not match["minus"]:
            either = bool(clauses)
        elif found := _filter(match):
            filters.append(found)
            either = False
        elif term := _term(match):
            negative = bool(match["minus"])
            if either and not negative:
                clauses[-1] = Clause((*clauses[-1].terms, term), clauses[-1].negative)
            else:
                clauses.append(Clause((term,), negative))
            either = False
    if sum(len(clause.terms) for clause in clauses) > MOST_TERMS:
        at = clauses[MOST_TERMS].terms[0].at if len(clauses) > MOST_TERMS else 0
        raise QueryError("A query has at most {most} words.", at=at, most=MOST_TERMS)
    return Query(tuple(clauses), tuple(filters))


def _term(match: re.Match[str]) -> Term | None:
    for kind in ("exact", "pattern", "word"):
        if (text := match[kind]) and text.strip():
            return Term(text, match.start(kind), kind)
    if match["field"]:
        return Term(f"{match['field']}:{match['value']}", match.start("field"))
    return None


def _filter(match: re.Match[str]) -> Filter | None:
    written = match["field"]
    if not written:
        return None
    field = _KOREAN_FIELDS.get(written, hangul.keys(written).lower())
    if field not in FIELDS:
        if written.isascii():
            raise QueryError(
                "There is no filter “{field}:” (at character {place}).",
                todo="Filters are scm:, theme:, kind:, lang:, tag: and note:.",
                at=match.start("field"),
                field=written,
            )
        return None
    value = match["value"].strip('"')
    values = tuple(filter(None, map(str.strip, value.split(","))))
    if not values:
        raise QueryError(
            "“{field}:” needs a value (at character {place}).",
            todo="Write it without a blank, such as scm:52 or theme:opcon.",
            at=match.end("field"),
            field=written,
        )
    return Filter(field, values, match.start("value"), bool(match["minus"]))
