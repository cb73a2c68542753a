"""What an author says of the story between its header and the rule above its text: *Never happened. Thanks to Lise.*"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficsearch.readers.belowlabels import skip_blank
from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.codes import code_claims
from ficsearch.readers.headerlines import labelled
from ficsearch.readers.headings import heading_of
from ficsearch.readers.labels import LONG_KEYS
from ficsearch.readers.sentences import OWNERS, sentence_claim
from ficsearch.story import Claim

_SAID = (
    (
        "disclaimer",
        r"(?:not true|never happened|none of (?:this|it) (?:is|ever|really|happened)|this (?:never|did not|didn['’]t)"
        r" happen|(?:this|it)(?: is|['’]s) (?:all )?(?:a work of )?(?:fiction|made up)\b|(?:it['’]s )?all lies\b"
        r"|(?:i|we) (?:do not|don['’]t|did not|didn['’]t) own\b|i own (?:nothing|none|not)\b"
        r"|not (?:mine|ours)\b|(?:they|these)(?: are|['’]re) not mine\b"
        r"|(?:all |the |these )*(?:[\w:.'’-]{1,20} ){0,2}characters.{0,40}\b(?:belong|are (?:owned|copyright|the))\b"
        rf"|(?-i:[A-Z]).{{1,100}}? belongs? to (?:the )?"
        rf"(?-i:{OWNERS}|Renaissance|their (?:respective )?(?:owners|creators))"
        r"|(?-i:[A-Z]).{1,60}? (?:is|are|was) (?:the (?:creation|property)|owned by|copyright|created by|©)\b"
        r"|(?:\(c\)|©|copyright) ?(?:\(c\) ?|© ?)?(?:19|20)\d\d\b.{0,60}\Z"
        r"|no (?:money|profit|harm|infringement|offen[cs]e|disrespect)\b|(?:standard|usual) disclaimer)",
    ),
    (
        "dedication",
        r"(?:(?:many|huge|big|special|much|with) )?thanks (?:to|go|for|and)\b|dedicated to\b"
        r"|for [\w'’-]{2,30}['’]s? (?:\w+ )?(?:birthday|b-?day)\b.{0,80}"
        r"|for @[\w-]{2,40}\b.{0,80}"
        r"|for (?-i:[A-Z])[\w'’]+(?:\Z|[.,!]\Z|, (?:who|because|on|with|as|for|and)\b.{0,80})",
    ),
    (
        "feedback",
        r"(?:(?:c ?& ?c|c and c|feedback|comments|reviews|(?:constructive )?criticism|flames|con-?crit)\b"
        r"|(?:please )?(?:send|mail|e-?mail) (?:all |any |me )?(?:feedback|comments)).{0,80}"
        r"\b(?:welcome|appreciated|please|loved|adored|craved|to|will be|used|good|nice)\b"
        r"|(?:(?:please|pls|and|remember to|do?n['’]?t forget to) )+(?:vote|comment|review)\b.{0,60}[!?]"
        r"|(?:(?:tbc|to be continued|the end|end|fin)\W{1,5})?"
        r"(?:please (?:read and )?review|(?:please )?(?:read (?:and|&) review|r ?& ?r)|reviews (?:are|make) .{1,40}"
        r"|(?:comments|feedback|kudos|concrit)(?: and \w{5,8})? (?:are|is|make|=) (?:always |my |like |so |an? )?"
        r"(?:chocolate|cookie|biscuit|hug|gift|treat|good thing|love|life|gold|golden|cookies|candy|crack|fuel|food|air"
        r"|the best|better than)\b.{0,30})"
        r"(?:,? (?:please|pls|plz|and tell me .{1,40}))?[.!?~*_:)( <3]*\Z",
    ),
    (
        "notes",
        r"(?:written|originally written|first posted|posted|inspired by|based on) (?:for|in|on|by|as|at|the|a)\b"
        r"|(?:in response to|an? (?:answer|response) to)\b"
        r"|this (?:story|fic|one-?shot|ficlet|piece|chapter|takes place|was written|is set)\b|takes place\b"
        r"|set (?:in|after|during|before) |(?:this is )?my first (?:fic|attempt|story)\b|(?:this )?follows ",
    ),
    ("beta", r"(?:beta|un-?beta|not beta)"),
    ("archive", r"(?:archive|archiving|distribution|permission to (?:archive|post|distribute))\b"),
)
_KINDS = tuple((label, re.compile(rf"(?i)[\W_]{{0,3}}(?:{pattern})")) for label, pattern in _SAID)
_ANY_KIND = re.compile(rf"(?i)[\W_]{{0,3}}(?:{'|'.join(pattern for _, pattern in _SAID)})")
"""Most paragraphs are none of them: one look instead of six."""
_AT_NAME = re.compile(r"(?i)[\W_]{0,3}for @\w")
"""``for @pierhead, who wanted the sea``: nobody in a story is called so."""
_PARAGRAPHS = 4
_LABEL_WITHIN = 50
_AT_MOST = 400
"""Characters of a paragraph."""


def said_of_story(lines: Sequence[str], start: int, first_line: int) -> tuple[list[Claim], int]:
    """The paragraphs at *start*, below a header, in which the author talks, as claims; and the line after the rule
    that parts them from the story. Nothing without that rule, nor where any other paragraph stands above it."""
    claims: list[Claim] = []
    sure: list[Claim] = []
    at, sure_end = skip_blank(lines, start), start
    for _ in range(_PARAGRAPHS + 1):
        if at >= len(lines):
            break
        if is_scene_break(lines[at]):
            return (claims, at + 1) if claims else ([], start)
        if claims and (heading := heading_of(lines[at])) and heading.kind in ("chapter", "part", "named"):
            return claims, at
        end = next((n for n in range(at, len(lines)) if not lines[n].strip() or is_scene_break(lines[n])), len(lines))
        text = " ".join(" ".join(lines[at:end]).split())
        if coded := _coded(text, at + first_line):
            claims += coded
            sure, sure_end = list(claims), end
            at = skip_blank(lines, end)
            continue
        field = labelled(text) if ":" in text[:_LABEL_WITHIN] else ()
        if field and field[0].key in LONG_KEYS and field[0].value:
            claims.append(Claim(field[0].key, field[0].value, f"line {at + first_line}", field[0].label))
            at = skip_blank(lines, end)
            continue
        label = statement_label(text)
        if label is None:
            break
        claims += told_in(text, at + first_line) or [Claim(label, text.strip("*_ "), f"line {at + first_line}")]
        if label == "dedication" and _AT_NAME.match(text):
            sure, sure_end = list(claims), end
        at = skip_blank(lines, end)
    return sure, sure_end


_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”]))\s+(?=[A-Z])")
_CODED_AT_MOST = 800
_RATING_SIGN = re.compile(r"(?<![\w'’-])(?:[GRTMKXEU]|NR|MA|TV\w*|FR\w+|(?i:PG|NC)\w*|(?i:adult|rated))(?![\w'’])")
"""One of these is in every line of codes: most paragraphs need not be parted."""
_CODES_AT_MOST = 6
"""Sentences in which the codes are told: ``PG. Gen. House & Wilson.``"""


def _coded(text: str, number: int) -> list[Claim]:
    """What a paragraph says that begins with a line of codes: ``PG-13, House/Wilson. Spoilers through "Pilot." Not
    mine. Thanks to Nell.`` Nothing where it does not."""
    if len(text) > _CODED_AT_MOST or not _RATING_SIGN.search(text):
        return []
    if text[:1] in ("(", "[") and text[-1:] in (")", "]"):
        return _in_brackets(text[1:-1], number)
    sentences = _SENTENCE.split(text)
    for count in range(min(len(sentences), _CODES_AT_MOST), 0, -1):
        codes = code_claims(number, "; ".join(sentence.rstrip(".") for sentence in sentences[:count]))
        if codes and (count == 1 or codes[-1].label != "notes"):
            return [*codes, *(claim for sentence in sentences[count:] for claim in _of_sentence(sentence, number))]
    return []


def _in_brackets(text: str, number: int) -> list[Claim]:
    """What the sentences of a paragraph in brackets claim, where one is the rating and another one known too:
    ``(Gil/Cath, sort of. PG. Not mine. 500 words)``."""
    claims = [claim for sentence in _SENTENCE_IN_BRACKETS.split(text) for claim in _known_in(sentence, number)]
    told = {claim.label for claim in claims} - {"notes"}
    return claims if "rating" in told and len(told) > 1 else []


def _known_in(sentence: str, number: int) -> tuple[Claim, ...]:
    return code_claims(number, sentence) or _of_sentence(sentence, number)


_SENTENCE_IN_BRACKETS = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”]))\s+(?=[A-Z\d])")
_SUBJECT = re.compile(
    r"(?i)(?:(?:this|the) (?:story|fic|one|piece|ficlet|chapter)|it) "
    r"(?:is |does )?(?=rated|contains?|has|spoil)(?:has )?"
)
_PAIRED = re.compile(r"(?i)(?:the )?(?:main )?pairing (?:is|here is) (?P<value>\S.{2,80}?)\.?")


def told_in(text: str, number: int) -> list[Claim]:
    """The sentences of a paragraph, where one of them tells the rating, the spoilers or the pairing."""
    claims = [claim for sentence in _SENTENCE.split(text) for claim in _of_sentence(sentence, number)]
    told = {claim.label for claim in claims} & {"rating", "spoilers", "pairing"}
    return claims if told else []


_RATED_FIRST = re.compile(r"(?P<rating>\[[^\[\]]{1,12}\]) (?P<rest>\S.+)")
"""``[PG] Contains spoilers for Hush``"""


def _of_sentence(sentence: str, number: int) -> tuple[Claim, ...]:
    """What a sentence in which an author talks claims, by its wording; a note, where nothing else is known."""
    if paired := _PAIRED.fullmatch(sentence):
        return (Claim("pairing", paired["value"], f"line {number}"),)
    rated = _RATED_FIRST.fullmatch(sentence)
    if rated and (rest := sentence_claim(number, rated["rest"])):
        return (Claim("rating", rated["rating"], f"line {number}"), rest)
    found = sentence_claim(number, _SUBJECT.sub("", sentence))
    return (found or Claim(statement_label(sentence) or "notes", sentence, f"line {number}"),)


def statement_label(text: str) -> str | None:
    """The field of a paragraph in which an author talks of the story."""
    if len(text) > _AT_MOST or not _ANY_KIND.match(text):
        return None
    return next((label for label, pattern in _KINDS if pattern.match(text)), None)
