"""Languages: a name or code as written -> ISO 639-1 code, and the code's English name."""

from __future__ import annotations

import re

from ficsearch.text import fold_name

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
