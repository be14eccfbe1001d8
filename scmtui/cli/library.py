"""What the library holds, and how it is kept: its commands on the command line."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scmtui import corpus
from scmtui.cli import records, terminal
from scmtui.cli.page import QUIET, STRONG
from scmtui.cli.request import NOTHING_FOUND, Answer
from scmtui.disk import is_there
from scmtui.language import N_, _, ngettext
from scmtui.library import Library
from scmtui.model import Address, LibraryError, NotFoundError, UsageError
from scmtui.settings import paths
from scmtui.wording import kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scmtui.cli.page import Page
    from scmtui.cli.request import Request
    from scmtui.library import About, Backup, Removed
    from scmtui.model import Facts

SHOWN: dict[str, Callable[[int], str]] = {
    "documents": lambda n: ngettext("{count} document", "{count} documents", n),
    "notes": lambda n: ngettext("{count} note", "{count} notes", n),
    "tags": lambda n: ngettext("{count} tag", "{count} tags", n),
    "marks": lambda n: ngettext("{count} mark", "{count} marks", n),
    "pins": lambda n: ngettext("{count} pair", "{count} pairs", n),
    "trays": lambda n: ngettext("{count} tray", "{count} trays", n),
    "links": lambda n: ngettext("{count} link", "{count} links", n),
}
"""What is counted in the library, and how a number of it is said."""


def library(request: Request) -> Answer:
    """What is in the library, where it is, and its backups."""
    library = request.library
    if library is None or not library.about().counts:
        lost = _(
            "There is no library now; what can still be read comes back with: scmtui load '{file}'"
        )
        notes = tuple(lost.format(file=it) for it in (library.damaged() if library else ())) or (
            _("There is no library yet: nothing was added or marked."),
        )
        return Answer(records.dumps({"rows": []}) if "json" in request.options else "", notes, 1)
    facts, about, removed = library.facts(), library.about(), library.removed()
    strays = len(library.strays())
    if "json" in request.options:
        return Answer(records.dumps(_record(facts, about, removed, strays)))
    page = request.page()
    page.line(str(about.path), style=STRONG)
    page.pieces((size(about.size), *_counted(about, len(facts))), style=QUIET)
    _documents(page, facts, about)
    _removed(page, removed)
    _backups(page, about.backups)
    return Answer(str(page), (_look(strays),) if strays else ())


def remove(request: Request) -> Answer:
    """Take documents out of the library, or put them back."""
    library = request.library or Library(paths().data)
    ids = tuple(dict.fromkeys(map(_id, request.words)))
    if "undo" in request.options:
        return _undo(request, library, ids)
    if not ids:
        raise UsageError("It is written like this: scmtui {written}", written="remove ID…")
    titles = {it.id: it.title for it in library.facts()}
    for id_ in ids:
        if id_ not in titles:
            library.original(id_)  # says what is wrong with it
            raise NotFoundError("There is no document “{id}” in the library.", id=id_)
    named = ", ".join(f"{id_} ({titles[id_]})" for id_ in ids)
    question = _("Remove {documents}?").format(documents=named)
    shown = _("Would be removed: {documents}").format(documents=named)
    if refused := _refused(request, question, shown):
        return refused
    for id_ in ids:
        library.remove(id_)
    told = _("Removed: {documents}").format(documents=named)
    todo = _("For {days} days this puts it back: scmtui remove --undo {ids}")
    again = _("The document {id} that comes with scmtui is there again.")
    bundled = [it.id for it in corpus.facts() if it.id in ids]
    notes = (
        todo.format(days=Library.KEPT_DAYS, ids=" ".join(ids)),
        *(again.format(id=id_) for id_ in bundled),
    )
    return Answer(f"{told}\n", notes)


def _id(word: str) -> str:
    """The id of a document as it was typed; a passage of it cannot be removed alone."""
    address = Address.parse(word)
    if address.paragraph is not None:
        raise UsageError(
            "“{address}” is a passage; only a whole document can be removed.",
            kept=N_("Nothing was changed."),
            address=str(address),
        )
    return address.document


def _undo(request: Request, library: Library, ids: tuple[str, ...]) -> Answer:
    """Put documents back, or show which can be put back."""
    if ids:
        back = (library.put_back(id_) for id_ in ids)
        told = _("Put back: {id}, {title}")
        return Answer("".join(told.format(id=it.id, title=it.title) + "\n" for it in back))
    page = request.page()
    page.table((it.facts.id, _when(it), it.facts.title) for it in library.removed())
    if text := str(page):
        return Answer(text, (_("To put one back: scmtui remove --undo ID"),))
    return Answer("", (_("Nothing was removed or replaced."),), NOTHING_FOUND)


def back_up(request: Request) -> Answer:
    """Leave a copy of the library, looked over and counted."""
    target = Path(request.words[0]).absolute() if request.words else None
    made = (request.library or Library(paths().data)).back_up(target)
    if "json" in request.options:
        return Answer(records.dumps({"file": str(made), "bytes": made.stat().st_size}))
    return Answer(_("The library was copied to “{file}”.").format(file=made) + "\n")


def restore(request: Request) -> Answer:
    """Show the backups, or make everything as it is in one of them."""
    library = request.library or Library(paths().data)
    if not request.words:
        return _choice(request, library.backups())
    backup = _backup(library, request.words[0])
    question = _("Make the library what it is in “{file}”?").format(file=backup)
    shown = _("The library would become what it is in “{file}”.").format(file=backup)
    if refused := _refused(request, question, shown):
        return refused
    kept = library.restore(backup)
    if "json" in request.options:
        return Answer(records.dumps({"file": str(backup), "kept": kept and str(kept)}))
    told = _("The library is what it is in “{file}” now.").format(file=backup)
    notes = (_("The one before was kept as “{file}”.").format(file=kept),) if kept else ()
    return Answer(f"{told}\n", notes)


def _choice(request: Request, backups: tuple[Backup, ...]) -> Answer:
    if "json" in request.options:
        return Answer(records.dumps({"rows": [_backup_record(it) for it in backups]}))
    if not backups:
        return Answer("", (_("There is no backup yet."),), NOTHING_FOUND)
    page = request.page()
    _backups(page, backups)
    return Answer(str(page), (_("To go back to one: scmtui restore NAME"),))


def _backup(library: Library, name: str) -> Path:
    """The backup with a name, with or without its ending, or the file at a path."""
    for backup in library.backups():
        if name in (backup.path.name, backup.path.stem):
            return backup.path
    path = Path(name).absolute()
    if not is_there(path):
        raise NotFoundError(
            "There is no backup “{name}”.", todo="To see them: scmtui restore", name=name
        )
    return path


def _refused(request: Request, question: str, shown: str) -> Answer | None:
    """What is said where the reader does not want it, None where it is wanted.

    Where nobody can be asked, what would be done is `shown`.
    """
    if "yes" in request.options:
        return None
    if not terminal.answers():
        told = _("Nothing was changed. With --yes it is done.")
        text = "" if "json" in request.options else f"{shown}\n"
        return Answer(text, (told,), UsageError.exit_status)
    if terminal.agrees(question):
        return None
    return Answer("", (_("Nothing was changed."),), NOTHING_FOUND)


def size(count: int) -> str:
    """A number of bytes, as it is read most easily."""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= bytes_:
            return f"{count / bytes_:.1f} {unit}"
    return f"{count} B"


def moment(utc: str) -> str:
    """A moment as it is kept, as a clock here shows it."""
    told = datetime.fromisoformat(utc)
    return f"{told.astimezone():%Y-%m-%d %H:%M}"


def _counted(about: About, documents: int) -> list[str]:
    found = {**about.counts, "documents": documents}
    return [SHOWN[name](n).format(count=n) for name in SHOWN if (n := found.get(name, 0))]


def _look(count: int) -> str:
    told = ngettext(
        "{count} thing that you attached to a text needs a look: scmtui doctor",
        "{count} things that you attached to texts need a look: scmtui doctor",
        count,
    )
    return told.format(count=count)


def _documents(page: Page, facts: tuple[Facts, ...], about: About) -> None:
    if facts:
        page.blank()
        page.line(_("Documents that were added"), style=STRONG)
        page.table(_row(it, about) for it in facts)


def _row(known: Facts, about: About) -> tuple[str, ...]:
    paragraphs = ngettext("{count} paragraph", "{count} paragraphs", known.paragraphs)
    source = known.provenance
    bytes_ = about.originals.get(known.id)
    return (
        known.id,
        kind(known),
        paragraphs.format(count=known.paragraphs),
        source.added.isoformat() if source.added else "",
        f"{source.file} {size(bytes_) if bytes_ is not None else ''}".strip(),
        known.title,
    )


def _removed(page: Page, removed: tuple[Removed, ...]) -> None:
    if removed:
        page.blank()
        page.line(_("Removed or replaced; scmtui remove --undo puts them back"), style=STRONG)
        page.table((it.facts.id, _when(it), it.facts.title) for it in removed)


def _when(removed: Removed) -> str:
    """When a document was removed; of one that comes with scmtui, that it is."""
    return moment(f"{removed.when}Z") if removed.when else _("comes with scmtui")


def _backups(page: Page, backups: tuple[Backup, ...]) -> None:
    if backups:
        page.blank()
        page.line(_("Backups"), style=STRONG)
        page.table((it.path.stem, size(it.size), moment(it.when)) for it in backups)


def _backup_record(backup: Backup) -> dict[str, Any]:
    return {"file": str(backup.path), "bytes": backup.size, "made": backup.when}


def _record(
    facts: tuple[Facts, ...], about: About, removed: tuple[Removed, ...], strays: int
) -> dict[str, Any]:
    return {
        "rows": [records.listed(it) | {"bytes": about.originals.get(it.id)} for it in facts],
        "file": str(about.path),
        "bytes": about.size,
        "counts": {name: about.counts.get(name, 0) for name in SHOWN} | {"documents": len(facts)},
        "need_a_look": strays,
        "removed": [records.listed(it.facts) | {"removed": it.when or None} for it in removed],
        "backups": [_backup_record(it) for it in about.backups],
    }


def dump(request: Request) -> Answer:
    """Write the library into a new folder, as plain files."""
    folder = Path(request.words[0]).absolute()
    written = (request.library or Library(paths().data)).dump(folder)
    if "json" in request.options:
        return Answer(records.dumps({"folder": str(folder), "written": dict(written)}))
    told = _("The library was written to “{folder}”: {counts}.")
    return Answer(told.format(folder=folder, counts=_said(written)) + "\n")


def load(request: Request) -> Answer:
    """Take in what was dumped, or what another library holds; nothing that is there is changed."""
    loaded = (request.library or Library(paths().data)).load(Path(request.words[0]).absolute())
    if "json" in request.options:
        record = {
            "added": dict(loaded.added),
            "there": dict(loaded.there),
            "left_out": [{"table": table, "key": key} for table, key in loaded.taken],
            "unread": dict(loaded.unread),
            "renamed": loaded.renamed,
        }
        return Answer(records.dumps(record))
    told = [_("Added: {counts}.").format(counts=_said(loaded.added))]
    if loaded.there:
        told.append(_("There already: {counts}.").format(counts=_said(loaded.there)))
    for before, now in loaded.renamed.items():
        told.append(_("{before} is {now} here.").format(before=before, now=now))
    notes = []
    if loaded.taken:
        names = ", ".join(key for _table, key in loaded.taken)
        told_of = _("Left out, since the library has others of these: {names}.")
        notes.append(told_of.format(names=names))
    if lost := sum(loaded.unread.values()):
        notes.append(_unread(lost))
    return Answer("\n".join(told) + "\n", tuple(notes))


def doctor(request: Request) -> Answer:
    """Look the library over, mend what can be mended, and say what was done."""
    with closing(Library(paths().data)) as library:  # its own: each problem is said once
        findings = tuple(library.examine(paths().cache))
    status = LibraryError.exit_status if any(it.state == "wrong" for it in findings) else 0
    if "json" in request.options:
        return Answer(records.dumps({"rows": [it._asdict() for it in findings]}), status=status)
    page = request.page()
    page.table((_STATES[it.state](), it.told) for it in findings)
    return Answer(str(page), status=status)


COMMANDS: dict[str, Callable[[Request], Answer]] = {
    "library": library,
    "remove": remove,
    "backup": back_up,
    "restore": restore,
    "dump": dump,
    "load": load,
    "doctor": doctor,
}

_STATES: dict[str, Callable[[], str]] = {
    "ok": lambda: _("well"),
    "mended": lambda: _("mended"),
    "look": lambda: _("look"),
    "wrong": lambda: _("WRONG"),
}
"""What a check found, in a word."""


def _said(counted: Mapping[str, int]) -> str:
    """How many of what, in words; what lies in trays and where the reader was is not named."""
    found = (SHOWN[name](n).format(count=n) for name in SHOWN if (n := counted.get(name, 0)))
    return ", ".join(found) or _("nothing")


def _unread(count: int) -> str:
    told = ngettext(
        "{count} entry could not be read and was left out.",
        "{count} entries could not be read and were left out.",
        count,
    )
    return told.format(count=count)
