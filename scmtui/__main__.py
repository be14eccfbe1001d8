"""The way in: `scmtui`, and `python -m scmtui`."""

import sys

from scmtui import __version__


def main() -> int:
    """Run the program with the arguments it was started with. Returns the exit status."""
    try:
        if sys.argv[1:] == ["--version"]:  # before any import: it is asked for by scripts
            return _tell_version()
        from scmtui import cli

        return cli.main(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


def _tell_version() -> int:
    try:
        sys.stdout.write(f"scmtui {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError) as error:  # without a standard output there is no stdout
        from scmtui.cli import terminal

        return terminal.lost(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
