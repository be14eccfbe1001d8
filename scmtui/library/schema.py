"""The tables of the library, step by step."""

_ONE_END = "address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL"
_OTHER_END = """other TEXT NOT NULL, other_quote TEXT NOT NULL,
            other_before TEXT NOT NULL, other_after TEXT NOT NULL"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE places (
            document TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            row INTEGER NOT NULL,
            kept TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE TABLE session (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
        """CREATE TABLE marks (
            letter TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            made TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE pins (
            pair TEXT PRIMARY KEY,
            address TEXT NOT NULL, quote TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            other TEXT NOT NULL, other_quote TEXT NOT NULL,
            other_before TEXT NOT NULL, other_after TEXT NOT NULL,
            together INTEGER NOT NULL,
            made TEXT NOT NULL
        ) WITHOUT ROWID""",
    ),
    (
        # A document that was removed has no id; it can be put back until it is swept away.
        # `asked` is the id that its own facts give, `digest` tells one text from another.
        """CREATE TABLE documents (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT UNIQUE, asked TEXT NOT NULL, removed TEXT, digest TEXT NOT NULL,
            meeting INTEGER, kind TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL,
            held TEXT, published TEXT, place TEXT NOT NULL,
            official INTEGER NOT NULL, paragraphs INTEGER NOT NULL,
            file TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL,
            origin TEXT NOT NULL, rights TEXT NOT NULL, added TEXT
        )""",
        # Apart from the facts, so that these are read without touching the pages of the texts.
        "CREATE TABLE texts (number INTEGER PRIMARY KEY, json TEXT NOT NULL)",
        "CREATE TABLE originals (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
        "CREATE TABLE shelf (version INTEGER NOT NULL)",
        "INSERT INTO shelf VALUES (0)",
        """CREATE TRIGGER document_added AFTER INSERT ON documents
            BEGIN UPDATE shelf SET version = version + 1; END""",
        """CREATE TRIGGER document_changed AFTER UPDATE ON documents
            BEGIN UPDATE shelf SET version = version + 1; END""",
        """CREATE TRIGGER document_swept AFTER DELETE ON documents
            BEGIN UPDATE shelf SET version = version + 1; END""",
    ),
    (
        # `was` is the id that a removed document had; `rank` is the place of one that took the
        # place of another. `lost` says which ends of an entry need a look: 1, 2, or 3 for both.
        "ALTER TABLE documents ADD COLUMN was TEXT",
        "UPDATE documents SET was = asked WHERE id IS NULL",
        "ALTER TABLE documents ADD COLUMN rank INTEGER",
        "ALTER TABLE places ADD COLUMN lost INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE marks ADD COLUMN lost INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE pins ADD COLUMN lost INTEGER NOT NULL DEFAULT 0",
        f"""CREATE TABLE notes (
            number INTEGER PRIMARY KEY AUTOINCREMENT, {_ONE_END},
            text TEXT NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL,
            lost INTEGER NOT NULL DEFAULT 0
        )""",
        f"""CREATE TABLE tags (
            number INTEGER PRIMARY KEY AUTOINCREMENT, {_ONE_END},
            tag TEXT NOT NULL, made TEXT NOT NULL, lost INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX tags_by_name ON tags (tag)",
        f"""CREATE TABLE links (
            number INTEGER PRIMARY KEY AUTOINCREMENT, {_ONE_END}, {_OTHER_END},
            text TEXT NOT NULL, made TEXT NOT NULL, lost INTEGER NOT NULL DEFAULT 0
        )""",
        """CREATE TABLE trays (
            number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, made TEXT NOT NULL
        )""",
        f"""CREATE TABLE items (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            tray INTEGER NOT NULL, rank INTEGER NOT NULL, kind TEXT NOT NULL,
            {_ONE_END}, {_OTHER_END},
            text TEXT NOT NULL, made TEXT NOT NULL, lost INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX items_in_order ON items (tray, rank)",
    ),
)
"""The steps from each version of the schema to the next; a step is never changed once released."""
