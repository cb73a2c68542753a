"""Document + packs -> Story: canonical title, authors, rating, spoilers, characters, pairings, words, id.

cataloguing    the whole                            header      the claims, and where each value came from
facts          the fields that need no pack         evidence    signs of episodes in the story itself
titles, bylines, series, genres, warnings, fandoms, characters, spoiler_phrase: one kind of value each
runs           capitalised words in a text          names, strangers, persons: people found among them
"""

from ficsearch.catalogue.cataloguing import catalogue, story_id

__all__ = ["catalogue", "story_id"]
