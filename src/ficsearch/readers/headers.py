"""The block of labels at the head of a story: where it begins and ends, and what it claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.headerlines import Labelled, labelled
from ficsearch.readers.headings import heading_of
from ficsearch.readers.labels import LONG_KEYS, STRONG_KEYS, is_strong
from ficsearch.readers.preamble import by_line, is_sentence, may_precede, preamble_claims, sentence_claim
from ficsearch.story import Claim


@dataclass(frozen=True, slots=True)
class Header:
    """What a header claims, in the order of the file; ``lines[start:end]`` is the block itself."""

    claims: tuple[Claim, ...]
    start: int
    end: int


def find_header(lines: Sequence[str], first_line: int = 1) -> Header | None:
    """The header at the top of *lines*, or None. *first_line* is the number of ``lines[0]`` in its file.

    A header is a block: at least two known labels close together before the prose (or one, with ``by X`` above it).
    ``Rating:`` in a dialogue is story.
    """
    first = _first_label(lines)
    if first is None:
        return _without_labels(lines, first_line)
    block = _Block(lines, first)
    block.read()
    above = [(n + first_line, line) for n, line in enumerate(lines[:first])]
    if not _is_header(block, [line for _, line in above if line.strip()]):
        return _without_labels(lines, first_line)
    keys = block.keys()
    claims = [*preamble_claims(above, "title" in keys, "author" in keys), *block.claims(first_line)]
    return Header(tuple(claims), _skip_blank(lines, 0), block.end)


def read_fields(lines: Sequence[str], first_line: int = 1) -> tuple[Claim, ...]:
    """The claims of *lines* that are known to be a header (a title page): every label counts, wherever it stands,
    and what follows a label up to the next one is its value."""
    block = _Block(lines, 0)
    for at, line in enumerate(lines):
        if found := labelled(line):
            block.add(found, at)
        elif line.strip() and block.fields:
            block.fields[-1].lines.append(line)
        elif line.strip() and (claim := sentence_claim(at + first_line, line)):
            block.loose.append((at, claim))
    return tuple(block.claims(first_line))


# ---- above the labels

_ABOVE_AT_MOST = 12
"""Lines above the first label: an award, a site's name, a menu, a title, an author, a mail address."""


def _first_label(lines: Sequence[str]) -> int | None:
    above = 0
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if labelled(line):
            return at
        above += 1
        if above > _ABOVE_AT_MOST or not may_precede(line):
            return None
    return None


def _without_labels(lines: Sequence[str], first_line: int) -> Header | None:
    """A title and ``by X`` are a header too when they are the first two lines."""
    first = _skip_blank(lines, 0)
    second = _skip_blank(lines, first + 1)
    if second >= len(lines) or second - first > 3 or by_line(lines[second]) is None:
        return None
    if is_sentence(lines[first]) or not may_precede(lines[first]) or is_sentence(lines[second]):
        return None
    top = [(first + first_line, lines[first]), (second + first_line, lines[second])]
    return Header(tuple(preamble_claims(top, False, False)), first, _after_rule(lines, second + 1))


def _skip_blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _after_rule(lines: Sequence[str], at: int) -> int:
    """Where the story begins when a header ended at *at*: after blank lines and a rule."""
    following = _skip_blank(lines, at)
    return following + 1 if following < len(lines) and is_scene_break(lines[following]) else at


_ENOUGH = 3.0
"""Two strong labels, or a strong and a weak one, or three whose separator is not a colon."""
_ENOUGH_ALONE = ("notes", "disclaimer", "title")
_TITLE_ALONE_AT_MOST = 80


def _is_header(block: _Block, above: Sequence[str]) -> bool:
    """Do the labels weigh enough, given the lines above them? Prose above asks for more."""
    weights: dict[str, float] = {}
    for found in block.fields:
        weights[found.key] = max(weights.get(found.key, 0), found.weight)
    total = sum(weights.values()) + sum(by_line(line) is not None for line in above)
    strong = sum(key in STRONG_KEYS for key in weights)
    if not above and _stands_alone(block.fields[0]):
        return True
    if any(is_sentence(line) for line in above):
        return strong > 2 and total >= 2 * _ENOUGH
    return total >= _ENOUGH and strong > 0 and (len(weights) > 1 or total > weights[block.fields[0].key])


def _stands_alone(found: _Field) -> bool:
    """A disclaimer, an author's note or a title at the very top needs no company."""
    if found.weight < 1 or found.key not in _ENOUGH_ALONE:
        return False
    if found.key == "title":
        return found.weight == 2 and len(found.value) <= _TITLE_ALONE_AT_MOST and not is_sentence(found.value)
    return found.key == "disclaimer" or found.label.strip("*_ ").lower() not in ("note", "notes", "comment", "comments")


# ---- the block

_GAP_AT_MOST = 4
"""Blank lines between two fields."""
_LOOK_AHEAD = 40
_ATTACHED_AT_MOST = 4_000
"""Characters of lines that follow a label without a blank line: a disclaimer may be a page."""
_DETACHED_AT_MOST = 700
_SHORT_LINES_AT_MOST = 6
_SCENE_KEYS = frozenset(("timeline", "published", "other", "characters", "part", "chapter", "length"))
"""Labels that a scene may have for itself: a place, a date, the people on a stage."""
_QUOTES = "\"“'‘«"


@dataclass(slots=True)
class _Field:
    at: int
    key: str
    label: str
    value: str
    weight: float
    lines: list[str] = field(default_factory=list)

    @property
    def long(self) -> bool:
        return self.key in LONG_KEYS or self.key == "notes" or self.key == "endnotes"

    def text(self) -> str:
        return " ".join(part.strip() for part in (self.value, *self.lines) if part.strip())


class _Block:
    """The fields found so far, and where the reading of them stands."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.lines = lines
        self.end = first
        self.fields: list[_Field] = []
        self.loose: list[tuple[int, Claim]] = []
        self.widest = 0

    def keys(self) -> set[str]:
        return {found.key for found in self.fields} | {claim.label for _, claim in self.loose}

    def add(self, found: Sequence[Labelled], at: int) -> None:
        self.fields += [_Field(at, f.key, f.label, f.value, f.weight) for f in found]
        self.end = at + 1

    def claims(self, first_line: int) -> list[Claim]:
        """Every field that has a value, and what unlabelled lines say, in the order of the file."""
        placed = [(f.at, Claim(f.key, f.text(), f"line {f.at + first_line}")) for f in self.fields if f.text()]
        loose = [(at, Claim(c.label, c.value, f"line {at + first_line}")) for at, c in self.loose]
        return [claim for _, claim in sorted(placed + loose, key=lambda pair: pair[0])]

    def read(self) -> None:
        """Take field after field, until the next label is too far away or there is prose before it."""
        at: int | None = self.end
        while at is not None:
            found = labelled(self.lines[at])
            self.add(found, at)
            at = self._next_field()
        self._take_rest()
        self.end = _after_rule(self.lines, self.end)

    def _next_field(self) -> int | None:
        """The line of the next field, when nothing but the value of the last one stands before it."""
        for at in range(self.end, min(len(self.lines), self.end + _LOOK_AHEAD)):
            if self.lines[at].strip() and (found := labelled(self.lines[at])):
                return at if self._accepts(self.lines[self.end : at], found[0]) and self._takes(at) else None
        return None

    def _accepts(self, between: Sequence[str], found: Labelled) -> bool:
        blanks = _widest_gap(between)
        texts = [line for line in between if line.strip()]
        if found.weight == 0 and (blanks or texts) and not is_strong(found.label):
            return False
        if found.key in _SCENE_KEYS and blanks > self.widest and (len(self.fields) > 2 or blanks > 1):
            return False
        if blanks > _GAP_AT_MOST or not self._texts_fit(between, texts, found):
            return False
        self.widest = max(self.widest, blanks)
        return True

    def _texts_fit(self, between: Sequence[str], texts: Sequence[str], found: Labelled) -> bool:
        """Can what stands between two labels belong to a header?"""
        if not texts:
            return True
        if any(is_scene_break(line) for line in texts):
            return self._is_rule_within(between, texts, found)
        if any(heading_of(line) for line in texts):
            return False
        attached, detached = _attached(between)
        last = self.fields[-1]
        if detached and not self._may_be_detached(detached, found):
            return False
        if last.long or not last.value:
            return sum(map(len, attached)) <= _ATTACHED_AT_MOST
        return len(attached) <= _SHORT_LINES_AT_MOST and all(
            len(line) <= 100 and line.lstrip()[:1] not in _QUOTES for line in attached
        )

    def _is_rule_within(self, between: Sequence[str], texts: Sequence[str], found: Labelled) -> bool:
        """A rule may part the fields of one header; with a second title after it, a new story begins."""
        rule_last = is_scene_break(texts[-1]) and not any(is_scene_break(line) for line in texts[:-1])
        rest = [line for line in between if not is_scene_break(line)]
        known = found.key in self.keys() and found.key in ("title", "author")
        return rule_last and not known and found.weight >= 1 and self._texts_fit(rest, texts[:-1], found)

    def _may_be_detached(self, detached: Sequence[str], found: Labelled) -> bool:
        """Paragraphs without a label inside a header: more of a note, or ``Rated PG``; no prose."""
        texts = [line for line in detached if line.strip()]
        if all(sentence_claim(0, line) or by_line(line) for line in texts):
            return True
        if texts[0].lstrip()[:1] in _QUOTES or _widest_gap(detached) > 1 or sum(map(len, texts)) > _DETACHED_AT_MOST:
            return False
        last = self.fields[-1]
        if not last.value and not last.lines:
            return True
        if last.long:
            return is_strong(found.label) or found.label.strip("*_ ").lower() not in ("note", "notes")
        return self.widest > 0 and is_strong(found.label) and len(texts) < 3 and not any(map(is_sentence, texts))

    def _takes(self, until: int) -> bool:
        """Give the lines up to the next label to the last field, or let them speak for themselves."""
        last = self.fields[-1]
        previous = self.lines[self.end - 1]
        gap = False
        for at in range(self.end, until):
            line = self.lines[at]
            if not line.strip() or is_scene_break(line):
                gap = gap or bool(last.value or last.lines)
                continue
            self._take(at, line, last, gap, previous)
            previous = line
        return True

    def _take(self, at: int, line: str, last: _Field, gap: bool, previous: str) -> None:
        author = by_line(line)
        if author and not last.long and "author" not in self.keys():
            self.loose.append((at, Claim("author", author)))
        elif not last.long and last.value and (claim := sentence_claim(0, line)):
            self.loose.append((at, claim))
        elif last.long or not (last.value or last.lines) or (not gap and _goes_on(previous, line)):
            last.lines.append(line.strip())

    # ---- the end

    def _take_rest(self) -> None:
        """What follows the last label without a blank line may still be its value; so may a marked-off note."""
        end = self._rest_of_value()
        self._takes(end)
        self.end = max(self.end, end)
        while (at := _skip_blank(self.lines, self.end)) < len(self.lines) and self._says_more(at):
            self.end = at + 1

    def _says_more(self, at: int) -> bool:
        """An unlabelled line of the header just below it: ``2260 words``."""
        claim = sentence_claim(0, self.lines[at])
        if claim is None or at - self.end > 1:
            return False
        self.loose.append((at, claim))
        return True

    def _rest_of_value(self) -> int:
        last = self.fields[-1]
        start = self.end if last.value else _skip_blank(self.lines, self.end)
        if start - self.end > 1:
            return self.end
        end = start
        while end < len(self.lines) and self.lines[end].strip() and not is_scene_break(self.lines[end]):
            end += 1
        if last.long and end - start <= _LOOK_AHEAD and self._is_block(start, end):
            return self._rest_of_note(end)
        for at in range(start, end):
            empty = at == start and not last.value
            if not empty and not _goes_on(self.lines[at - 1], self.lines[at]):
                return at
        return end

    def _is_block(self, start: int, end: int) -> bool:
        """Are these the remaining lines of one paragraph, and not a story without blank lines?"""
        texts = self.lines[start:end]
        whole = not self.fields[-1].value
        return all(len(t) <= 100 or whole for t in texts) and not any(t.lstrip()[:1] in _QUOTES for t in texts[:1])

    def _rest_of_note(self, end: int) -> int:
        """Up to two more paragraphs of a note, when a rule that the story does not use ends them."""
        if self.fields[-1].key not in ("notes", "disclaimer", "warnings", "dedication"):
            return end
        rule = next((n for n in range(end, min(end + 16, len(self.lines))) if is_scene_break(self.lines[n])), None)
        if rule is None or rule <= _skip_blank(self.lines, end):
            return end
        note = self.lines[end:rule]
        again = sum(line.strip() == self.lines[rule].strip() for line in self.lines[rule + 1 :])
        prose = any(line.lstrip()[:1] in _QUOTES or heading_of(line) for line in note if line.strip())
        if again or prose or _widest_gap(note) > 1 or sum(map(len, note)) > _DETACHED_AT_MOST:
            return end
        return rule


def _goes_on(line: str, after: str) -> bool:
    """Does a value that was wrapped go on in the next line?"""
    if len(after) > 110 or after.lstrip()[:1] in _QUOTES:
        return False
    if line.rstrip().endswith((",", ";", "&", "/", " and")):
        return True
    indent = len(after) - len(after.lstrip())
    return indent > len(line) - len(line.lstrip()) + 1 or 55 <= len(line) <= 110


def _widest_gap(lines: Sequence[str]) -> int:
    """The longest run of blank lines."""
    widest = run = 0
    for line in lines:
        run = 0 if line.strip() else run + 1
        widest = max(widest, run)
    return widest


def _attached(between: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines before the first blank one, and those after it."""
    gap = next((n for n, line in enumerate(between) if not line.strip()), len(between))
    return list(between[:gap]), list(between[gap:])
