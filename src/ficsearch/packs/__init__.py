"""What we know of fandoms: shows and their episodes in order, characters, pairing names. Data, read from TOML.

A pack is one file of ``fandoms/*.toml`` (or of the reader's own folder) and describes one universe: shows that
share characters. Episodes are known by show, season and number, never by title: 190 titles belong to more than
one show. A name is only ever resolved inside the fandoms of a story.

    lookup    Packs: the questions          people, titles, fandoms    what a name, a title, a fandom means
    files     TOML into packs               shape, checking            what is wrong with a file, by line
                                            cache                      the quickly read form
"""

from ficsearch.canon import Character, Episode, Pack, Show
from ficsearch.packs.files import read_pack
from ficsearch.packs.lookup import Packs

__all__ = ["Character", "Episode", "Pack", "Packs", "Show", "read_pack"]
