"""Languages: a name or code as written -> ISO 639-1 code, and the code's English name."""

from __future__ import annotations

import re
from collections import Counter

from ficsearch.text import fold_name, tokens

LANGUAGES: dict[str, tuple[str, ...]] = {
    "en": ("English",),
    "ar": ("Arabic", "العربية"),
    "bg": ("Bulgarian", "български"),
    "ca": ("Catalan", "català"),
    "cs": ("Czech", "čeština"),
    "cy": ("Welsh", "Cymraeg"),
    "da": ("Danish", "dansk"),
    "de": ("German", "Deutsch"),
    "el": ("Greek", "Ελληνικά"),
    "eo": ("Esperanto",),
    "es": ("Spanish", "Español", "Castellano"),
    "et": ("Estonian", "eesti"),
    "fa": ("Persian", "Farsi", "فارسی"),
    "fi": ("Finnish", "suomi"),
    "fr": ("French", "Français"),
    "ga": ("Irish", "Gaeilge"),
    "he": ("Hebrew", "עברית"),
    "hr": ("Croatian", "Hrvatski"),
    "hu": ("Hungarian", "Magyar"),
    "id": ("Indonesian", "Bahasa Indonesia"),
    "is": ("Icelandic", "Íslenska"),
    "it": ("Italian", "Italiano"),
    "ja": ("Japanese", "日本語"),
    "ko": ("Korean", "한국어"),
    "la": ("Latin", "Lingua latina"),
    "lt": ("Lithuanian", "Lietuvių"),
    "lv": ("Latvian", "Latviešu"),
    "ms": ("Malay", "Bahasa Malaysia"),
    "nl": ("Dutch", "Nederlands"),
    "no": ("Norwegian", "Norsk"),
    "pl": ("Polish", "Polski"),
    "pt": ("Portuguese", "Português", "Português brasileiro", "Português europeu", "Brazilian Portuguese"),
    "ro": ("Romanian", "Română"),
    "ru": ("Russian", "Русский"),
    "sk": ("Slovak", "Slovenčina"),
    "sl": ("Slovenian", "Slovenščina"),
    "sr": ("Serbian", "Српски"),
    "sv": ("Swedish", "Svenska"),
    "th": ("Thai", "ไทย"),
    "tl": ("Filipino", "Tagalog", "Wikang Filipino"),
    "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "Українська"),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "zh": ("Chinese", "中文", "Mandarin", "Cantonese", "国语", "國語"),
}
"""ISO 639-1 codes and what archives call them: the English name first, then the language's own."""

_LONG_CODES = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt",
    "nld": "nl", "dut": "nl", "rus": "ru", "jpn": "ja", "zho": "zh", "chi": "zh", "nb": "no", "nn": "no",
}  # fmt: skip
_CODES = {fold_name(name): code for code, names in LANGUAGES.items() for name in names} | _LONG_CODES
_FUNCTION_WORDS = {
    "en": "the and to of was that in it he she his her had with you",
    "de": "der die und zu das nicht sie er ich ist es ein den sich mit",
    "fr": "la le et il les que pas des elle un en est vous je une",
    "es": "que la el en y no se los su con por una para lo las",
    "it": "di che la il non un e per una si gli con del ma era",
    "nl": "de het een en van dat ik hij niet zijn op te met ze aan",
    "pt": "que o a e nao do da em um para com uma os se ao",
    "ru": "и в не на что он с как это но его она к по из",
    "pl": "i nie w na z sie ze to do jak co ale jest po tak",
    "sv": "och att det han som en pa ar inte hon var jag av med for",
}
_LANGUAGES_OF = {
    word: tuple(code for code, words in _FUNCTION_WORDS.items() if word in words.split())
    for words in _FUNCTION_WORDS.values()
    for word in words.split()
}
_SAMPLE = 1_500
_FEWEST = 40
_FIRST = re.compile(r"[^\W\d_]+")


def read_language(text: str) -> str | None:
    """The code of the language that *text* names: ``English``, ``Français``, ``en-GB``, ``中文-普通话 國語``.

    >>> read_language("Deutsch"), read_language("pt-BR"), read_language("gibberish")
    ('de', 'pt', None)
    """
    name = fold_name(text)
    first = _FIRST.search(name)
    word = first.group() if first else ""
    return _CODES.get(name) or _CODES.get(word) or (word if word in LANGUAGES else None)


def language_label(code: str) -> str:
    """The English name of *code*; the code itself where the table has none."""
    return LANGUAGES[code][0] if code in LANGUAGES else code


def guess_language(text: str) -> str | None:
    """The code of the language in which *text* is written, by its commonest small words; None if unsure.

    In each of these languages fifteen words make a fifth of any prose or more; a tenth, and half as much again as
    the next language has, is sure enough.
    """
    words = tokens(text[:_SAMPLE])
    total = len(words)
    if total < _FEWEST:
        return None
    counts = dict.fromkeys(_FUNCTION_WORDS, 0)
    for word, times in Counter(filter(_LANGUAGES_OF.__contains__, words)).items():
        for code in _LANGUAGES_OF[word]:
            counts[code] += times
    ranked = sorted(((found, code) for code, found in counts.items()), reverse=True)
    (most, code), (next_most, _) = ranked[:2]
    return code if most * 10 >= total and most * 2 >= next_most * 3 else None
