"""What can be the matter with the file of the library, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scmtui.model import LibraryError

if TYPE_CHECKING:
    from pathlib import Path


def newer(path: Path) -> LibraryError:
    """The library was written by a newer program."""
    return LibraryError(
        "The library “{file}” was written by a newer version of this program.",
        kept="It is open for reading only.",
        todo="Install the newer version to add to it.",
        file=path,
    )


def protected(path: Path) -> LibraryError:
    """The library may be read and not written."""
    return LibraryError(
        "The library “{file}” is write-protected.",
        kept="It is open for reading only; no note, mark or anything else can be kept in it now.",
        todo="Copy its folder to where you may write, and use it there.",
        file=path,
    )


def used_up(path: Path, kept: str) -> LibraryError:
    """The reader may put nothing more on its disk."""
    return LibraryError(
        "Nothing more can be written in “{folder}”: your share of its disk is used up.",
        kept=kept,
        todo="Make room and try again.",
        folder=path.parent,
    )


def on_network(path: Path) -> LibraryError:
    """The library is on a disk that machines share."""
    return LibraryError(
        "The library “{file}” is on a network drive.",
        kept="It is kept there in a slower and safer way.",
        todo="Open it on one machine at a time.",
        file=path,
    )


def left_alone(fault: str, path: Path) -> LibraryError:
    """A damaged library cannot be set aside."""
    return LibraryError(
        fault,
        kept="Nothing in it was changed; it is not used.",
        todo="Copy its folder to where you may write, and use it there.",
        file=path,
    )


def put_aside(fault: str, path: Path, kept: Path, backup: str) -> LibraryError:
    """A damaged library was set aside; what took its place."""
    return LibraryError(
        fault,
        kept="It was kept as “{kept_as}”, and the backup “{backup}” took its place."
        if backup
        else "It was kept as “{kept_as}”, and a new library was begun.",
        todo="What can still be read in it comes back with: scmtui load '{path}'",
        path=kept,
        file=path,
        kept_as=kept.name,
        backup=backup,
    )
