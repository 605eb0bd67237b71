"""The tables of the store, and how a connection to them is set up."""

import sqlite3
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

VERSION = 2

# AUTOINCREMENT: a number is never handed out twice, not even when the newest rows were deleted before a restart.
TABLES = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sender TEXT NOT NULL,
    received_at REAL NOT NULL,
    size INTEGER NOT NULL,
    raw BLOB NOT NULL,
    said TEXT,
    tags TEXT
);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    run TEXT,
    message INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS deliveries_address ON deliveries (address, seq);
CREATE INDEX IF NOT EXISTS deliveries_message ON deliveries (message);
CREATE INDEX IF NOT EXISTS deliveries_seen ON deliveries (message) WHERE seen = 1;
CREATE INDEX IF NOT EXISTS deliveries_run ON deliveries (run) WHERE run IS NOT NULL;
CREATE TABLE IF NOT EXISTS held (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    run TEXT,
    message INTEGER NOT NULL,
    release_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS held_message ON held (message);
CREATE TABLE IF NOT EXISTS totals (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    messages INTEGER NOT NULL,
    deliveries INTEGER NOT NULL,
    bytes INTEGER NOT NULL
);
INSERT OR IGNORE INTO totals VALUES (1, 0, 0, 0);
CREATE TABLE IF NOT EXISTS identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL
);
INSERT OR IGNORE INTO identity VALUES (1, lower(hex(randomblob(8))));
"""

_FROM_1 = "ALTER TABLE messages ADD COLUMN said TEXT; ALTER TABLE messages ADD COLUMN tags TEXT;"


class Sync(StrEnum):
    """What a commit waits for. A kill of the process never loses one, whichever it is."""

    OFF = "OFF"
    """Nothing: for a store that goes with the server."""
    NORMAL = "NORMAL"
    """Nothing; a power cut may lose the last ones, and damages nothing."""
    FULL = "FULL"
    """The disk: a power cut loses none either."""


def connect(path: Path, sync: Sync = Sync.NORMAL) -> sqlite3.Connection:
    """Open the store for one thread."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30, cached_statements=256)
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # of a new store: what is deleted goes back to the disk
    connection.execute("PRAGMA secure_delete = OFF")  # some systems' SQLite writes zeros: then deleting needs room
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {sync.value}")
    connection.execute("PRAGMA wal_autocheckpoint = 0")  # commits.Checkpoints does it
    connection.execute("PRAGMA journal_size_limit = 16777216")
    return connection


def create(connection: sqlite3.Connection, path: Path) -> None:
    """Lay the tables, or refuse a store of a newer version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise RuntimeError(f"{path} was written by a newer version of inboxwright; use another --data folder")
    if version == 1:
        connection.executescript(_FROM_1)
        with suppress(sqlite3.Error):  # without room for a second copy it stays one that does not shrink
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("VACUUM")
    connection.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
