"""The tables of the store."""

from __future__ import annotations

VERSION = "3"
"""Raise it when an index made before would answer wrongly: tables, fields, or what a word is."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY, location BLOB NOT NULL UNIQUE, path TEXT NOT NULL, size INTEGER NOT NULL,
    mtime INTEGER NOT NULL, hash BLOB NOT NULL, fandom TEXT, reason TEXT, corrections BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS pieces (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, part INTEGER NOT NULL,
    story TEXT NOT NULL, place INTEGER NOT NULL, mark TEXT NOT NULL,
    number INTEGER, title_key INTEGER, stem_key INTEGER, by_hand INTEGER NOT NULL,
    member TEXT NOT NULL, document BLOB NOT NULL, outline BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS texts (at INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS pieces_by_file ON pieces (file);
CREATE INDEX IF NOT EXISTS pieces_by_story ON pieces (story, place);
CREATE INDEX IF NOT EXISTS pieces_by_title ON pieces (title_key) WHERE title_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS pieces_by_stem ON pieces (stem_key) WHERE stem_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS pieces_with_number ON pieces (title_key) WHERE number IS NOT NULL;
CREATE TABLE IF NOT EXISTS stories (
    id TEXT PRIMARY KEY, generation INTEGER NOT NULL, words INTEGER NOT NULL,
    title INTEGER NOT NULL, rating INTEGER NOT NULL, spoilers INTEGER NOT NULL, characters INTEGER NOT NULL,
    troubled INTEGER NOT NULL, incomplete INTEGER NOT NULL, apart TEXT NOT NULL, titles BLOB NOT NULL,
    record BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS stories_by_generation ON stories (generation);
CREATE INDEX IF NOT EXISTS stories_in_trouble ON stories (troubled) WHERE troubled;
CREATE INDEX IF NOT EXISTS stories_incomplete ON stories (incomplete) WHERE incomplete;
CREATE TABLE IF NOT EXISTS mistakes (location BLOB NOT NULL, path TEXT NOT NULL, line INTEGER, what TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS mistakes_by_location ON mistakes (location);
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
"""
