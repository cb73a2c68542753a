"""Document + packs -> Story: canonical title, authors, rating, spoilers, characters, pairings, words, id.

cataloguing          the fields of a story, one function each      header      the claims, and where values came from
titles bylines series genres fandoms    one kind of value each     evidence    signs of episodes in the story itself
runs                 capitalised words in a text                   names, strangers    people found among them
"""

from ficsearch.catalogue.cataloguing import catalogue, story_id

__all__ = ["catalogue", "story_id"]
