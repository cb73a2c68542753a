"""Text that was typed for a board: ``[b]Title:[/b]``, ``[i]he thought[/i]``."""

from __future__ import annotations

import re

_CLOSED = ("[/b]", "[/i]", "[/u]", "[/B]", "[/I]", "[/U]", "[/center]", "[/color]", "[/size]", "[/url]")
"""Without one of these a bracket is the author's own."""
_TAG = re.compile(
    r"\[/?(?P<name>b|i|u|s|em|strong|center|left|right|size|color|colour|font|url|quote|spoiler|img|hr|list)"
    r"(?:=[^\]\n]{0,200})?\]",
    re.IGNORECASE,
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def without_bbcode(text: str) -> str:
    """*text* with a board's tags as marks of emphasis, or gone; line by line the same."""
    if "[" not in text or "[/" not in text or not any(tag in text for tag in _CLOSED):  # most texts have neither
        return text
    return _TAG.sub(lambda match: _MARKS.get(match["name"].lower(), ""), text)
