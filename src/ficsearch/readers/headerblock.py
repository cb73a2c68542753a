"""The fields of a header, one after the other, and where they stop.

What decides is what stands between two labels: nothing, the rest of a value, a note in several paragraphs, or
already the story. The rules are those that held over some sixty real headers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from ficsearch.readers.belowlabels import after_rule, after_sentences, skip_blank, widest_gap
from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.facts_line import told_apart
from ficsearch.readers.furniture import is_end_mark, is_furniture
from ficsearch.readers.headerlines import BARE, Labelled, labelled, lost_its_sign, marked, without_sign
from ficsearch.readers.headings import heading_of
from ficsearch.readers.labels import LONG_KEYS, is_strong, label_of
from ficsearch.readers.preamble import by_line, is_sentence
from ficsearch.readers.sentences import sentence_claim, sentence_claims
from ficsearch.readers.unlabelled import said
from ficsearch.story import Claim

_FIELDS_AT_MOST = 150
"""The longest header we know has 31 fields. A list of thousands of labels is no header, and takes time."""
_LINES_AT_MOST = 40
"""Lines from one label to the next."""
_BLANKS_AT_MOST = 4
_ATTACHED_AT_MOST, _SHORT_AT_MOST = 4_000, 500
"""Characters of lines that follow a label without a blank line: a disclaimer may be a page, a name or a word not."""
_DETACHED_AT_MOST = 700
"""Characters after a blank line that may still belong to a note."""
_LINE_AT_MOST = 110
"""A longer line was not wrapped: it is a paragraph of its own."""
_WRAPPED_AT = 50
"""Nobody wrapped shorter lines than that."""
_NOTES_WITH_PARAGRAPHS = frozenset(("notes", "warnings", "dedication"))
_PART = re.compile(r"(?i)\W{0,3}(?:part|chapter) (?P<part>\w{1,4} ?(?:/|of) ?[\w?]{1,4})\W{0,3}")
"""``Part 1/1``, among the labels of a header."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’)*_]*\s*\Z")
_LONG_RULE = re.compile(r"(?=[\W_]*\Z).*?[-_=~]{5}.*")
"""A line drawn across the page. Stars part scenes more often than they end a header."""
_SCENE_KEYS = frozenset(("timeline", "published", "other", "characters", "part", "chapter", "length"))
"""Labels that a scene may have for itself: a place, a date, the people on a stage."""
_SHOUTED = re.compile(r"[A-Z][A-Z'’/ -]{2,30}:[ \t]+\S")
"""``PREVIOUSLY: see part 1``, below ``SUMMARY: ...``"""
_LIKE_A_FIELD = re.compile(r"\W{0,4}[A-Z][\w'’/ -]{0,30}:[ \t]+\S")
"""``Bonus: cookies`` between two fields: nobody's label, and no part of the value before it."""
QUOTES = tuple("\"“'‘«")


@dataclass(slots=True)
class HeaderField:
    """A label and its value so far; ``lines`` are those below the label that belong to it."""

    at: int
    found: Labelled
    lines: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.found.key

    @property
    def is_long(self) -> bool:
        """Is its value made of sentences?"""
        return self.key in LONG_KEYS

    @property
    def is_empty(self) -> bool:
        return not self.found.value and not self.lines

    def text(self) -> str:
        return " ".join(" ".join((self.found.value, *self.lines)).split())


class _Gap:
    """The lines between two labels: those ``attached`` to the first, those ``detached`` by a blank line."""

    def __init__(self, lines: Sequence[str]) -> None:
        blank = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
        self.attached = lines[:blank]
        self.detached = [line for line in lines[blank:] if line.strip()]
        self.blanks = widest_gap(lines)
        self.blanks_within = widest_gap(lines[blank:])

    @property
    def texts(self) -> list[str]:
        return [*self.attached, *self.detached]


class HeaderBlock:
    """The fields found so far in ``lines``; ``end`` is the line after the last one read."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.lines = lines
        self.signed = any(by_line(line) is not None for line in lines[:first])
        self.end = first
        self.fields: list[HeaderField] = []
        self.loose: list[tuple[int, Claim]] = []
        self.keys: set[str] = set()
        self.unread: list[int] = []
        self._widest = self._looked_at = 0
        self._unsigned = False

    def add(self, found: Sequence[Labelled], at: int) -> None:
        self.fields += [HeaderField(at, one) for one in found]
        self.keys.update(one.key for one in found)
        self.end = at + 1

    def say(self, at: int, *claims: Claim) -> None:
        """Line *at* says this without a label."""
        self.loose += [(at, claim) for claim in claims]
        self.keys.update(claim.label for claim in claims)

    def _claim(self, field: HeaderField, first_line: int) -> Claim:
        return Claim(field.key, field.text(), f"line {field.at + first_line}", field.found.label)

    def claims(self, first_line: int) -> tuple[Claim, ...]:
        """Every field that has a value, and what unlabelled lines say, in the order of the file."""
        placed = [(f.at, claim) for f in self.fields if (claim := self._claim(f, first_line)).value]
        if self.loose:
            placed += [(at, Claim(c.label, c.value, f"line {at + first_line}")) for at, c in self.loose]
            placed.sort(key=itemgetter(0))
        return tuple(one for _, claim in placed for one in told_apart(claim))

    def read(self) -> None:
        """Take field after field, until the next label is too far away or there is prose before it."""
        found: Sequence[Labelled] = labelled(self.lines[self.end])
        at = self.end
        while found and len(self.fields) < _FIELDS_AT_MOST:
            self.add(found, at)
            at, found = self._next_label()
            if found and (self._begins_chapter(at, found[0]) or (at > self.end and not self._goes_on_to(at, found[0]))):
                break
        self._take_rest()
        self.end = after_rule(self.lines, self.end)

    def _begins_chapter(self, at: int, found: Labelled) -> bool:
        """``Part 1: Coal``, with the story below it and no further label."""
        if found.key not in ("part", "chapter") or not heading_of(found.label):
            return False
        below = skip_blank(self.lines, at + 1)
        return below > at + 1 and below < len(self.lines) and not labelled(self.lines[below])

    def _next_label(self) -> tuple[int, Sequence[Labelled]]:
        """The next line with a label, and its fields; none when too much text is before it."""
        last = self.fields[-1]
        room = _ATTACHED_AT_MOST if last.is_long or last.is_empty else _SHORT_AT_MOST
        for at in range(self.end, min(len(self.lines), self.end + _LINES_AT_MOST)):
            line = self.lines[at]
            if not line or line.isspace():
                room = min(room, _DETACHED_AT_MOST)
            elif (found := labelled(line) or self._of_a_kind(at)) and not self._is_wrapped(at, found[0]):
                return at, found
            room -= len(line)
            if room < 0:
                break
        return self.end, ()

    def _of_a_kind(self, at: int) -> Sequence[Labelled]:
        """What is a label only right below others of its kind: ``Summary Two people ...``, longer than such a line may
        be, where they lost their bold face; ``*Timeline* future`` where they stand between stars."""
        if at > self.end:
            return ()
        found = without_sign(self.lines[at]) if self._lost_signs() else None
        found = found or (marked(self.lines[at]) if marked(self.lines[self.fields[-1].at]) else None)
        return (found,) if found else ()

    def _is_wrapped(self, at: int, found: Labelled) -> bool:
        """``rating: two stars`` below a long line of a summary, in a header whose labels begin with capitals; or
        ``Spoilers for dinner`` below ``Summary:``, in one whose labels have colons."""
        last = self.fields[-1]
        if at == self.end and last.is_empty and last.found.weight > BARE:
            alone = found.weight == BARE and not found.value  # "Hurt/Comfort", below "Genre:"
            if alone or lost_its_sign(found, self.lines[at]):
                return not self._lost_signs()
        small = found.label[:1].islower() and self.fields[0].found.label[:1].isupper()
        before = self.lines[at - 1]
        wrapped = self.fields[-1].is_long and len(before) >= _WRAPPED_AT and not _SENTENCE_END.search(before)
        return small and wrapped and found.weight == 0

    def _lost_signs(self) -> bool:
        """Has a label so far lost its sign? Asked after nearly every line, of the fields that came since."""
        if not self._unsigned:
            new = self.fields[self._looked_at :]
            self._unsigned = any(lost_its_sign(one.found, self.lines[one.at]) for one in new)
            self._looked_at = len(self.fields)
        return self._unsigned

    def _goes_on_to(self, at: int, found: Labelled) -> bool:
        """Does the header go on to *found*? Then what stands before it is given to the field it belongs to."""
        between = self.lines[self.end : at]
        gap = _Gap([line for line in between if not is_scene_break(line)])
        if gap.blanks and lost_its_sign(found, self.lines[at]) and not self._lost_signs():
            return False  # "Summary executions had gone out of fashion."
        if any(map(is_end_mark, gap.detached)) or (gap.detached and found.key == "title" and "title" in self.keys):
            return False  # the next part, or story, with a header of its own
        if not (self._rules_fit(between, found) and self._label_fits(found, gap) and self._texts_fit(gap, found)):
            return False
        if gap.detached and self.fields[-1].is_long and not self._has_story_below(at):
            return False  # a note, the story, and what the site has put below it
        self._widest = max(self._widest, gap.blanks)
        self._take(at)
        return True

    def _has_story_below(self, at: int) -> bool:
        """Does anything but fields and furniture stand below the paragraph of line *at*?"""
        lines = self.lines[at:]
        blank = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
        return any(line.strip() and not is_furniture(line) and not labelled(line) for line in lines[blank:])

    def _rules_fit(self, between: Sequence[str], found: Labelled) -> bool:
        """A rule may part the fields of one header when a label follows at once; with a second title after it, a new
        story begins."""
        texts = [line for line in between if line.strip()]
        rules = [line for line in texts if is_scene_break(line)]
        if not rules:
            return True
        again = found.key in ("title", "author") and found.key in self.keys
        again = again or (found.key == "author" and self.signed)  # in a play the author may speak first
        sure = found.weight >= 1 and (is_strong(found.label) or found.key not in _NOTICES or _is_authors(found))
        return len(rules) == 1 and is_scene_break(texts[-1]) and not again and sure

    def _label_fits(self, found: Labelled, gap: _Gap) -> bool:
        if gap.blanks > _BLANKS_AT_MOST or (found.weight == 0 and gap.texts):
            return False
        if found.weight == BARE and gap.blanks and not any(one.found.value == "" for one in self.fields):
            return False
        wider = gap.blanks > self._widest
        if wider and (self._is_sign(found) or self._says_again(found)):
            return False
        if _is_of_chapter(found):
            return True
        return not (found.key in _SCENE_KEYS and wider and (len(self.fields) > 2 or gap.blanks > 1))

    def _is_sign(self, found: Labelled) -> bool:
        """``WARNING: BEYOND THIS POINT ...`` below a header in which nobody shouts: it hangs on a wall."""
        shouted = found.value.isupper() and " " in found.value and found.key in _NOTICES
        return shouted and not any(one.found.value.isupper() and " " in one.found.value for one in self.fields)

    def _says_again(self, found: Labelled) -> bool:
        """A rating below a header that has one, after a gap that parts none of its fields: it is of something else."""
        return found.key in ("rating", "author") and found.key in self.keys

    def _texts_fit(self, gap: _Gap, found: Labelled) -> bool:
        """Can what stands between two labels belong to a header?"""
        texts = gap.texts if gap.detached else gap.attached[self.fields[-1].is_empty :]
        headings = [heading for line in texts if not _PART.fullmatch(line) and (heading := heading_of(line))]
        if headings:  # FictionAlley: "Chapter 01", "Chapter Summary: ..."
            return len(gap.texts) == 1 and not headings[0].titled and _is_of_chapter(found)
        if gap.detached and not self._detached_fits(gap, found):
            return False
        last = self.fields[-1]
        return last.is_long or last.is_empty or not any(map(_is_speech, gap.attached))

    def _detached_fits(self, gap: _Gap, found: Labelled) -> bool:
        """Paragraphs without a label inside a header: more of a note, or ``Rated PG``; no prose."""
        texts, last = gap.detached, self.fields[-1]
        if all(sentence_claim(0, line) or by_line(line) for line in texts):
            return True
        if texts[0].lstrip().startswith(QUOTES) or (gap.blanks_within > 1 and not last.is_empty):
            return False
        if last.is_empty or last.is_long:
            return last.is_empty or is_strong(found.label) or "author" in found.label.lower()
        dense = self._widest == 0
        return not dense and is_strong(found.label) and len(texts) < 3 and not any(map(is_sentence, texts))

    def _take(self, until: int) -> None:
        """Give the lines up to *until* to the last field, or let them speak for themselves."""
        last, before = self.fields[-1], self.lines[self.end - 1]
        detached = False
        for at in range(self.end, until):
            line = self.lines[at]
            if not line.strip() or is_scene_break(line):
                detached = detached or not last.is_empty
            else:
                self._take_line(at, before, detached)
                before = line

    def _take_line(self, at: int, before: str, detached: bool) -> None:
        last, line = self.fields[-1], self.lines[at]
        if last.is_long and not last.is_empty and _SENTENCE_END.search(before) and (own := self._own(line)):
            self.say(at, own)
        elif last.found.label.isupper() and last.is_long and _SHOUTED.match(line) and _SENTENCE_END.search(before):
            self.unread.append(at)
        elif last.is_long or last.is_empty:
            last.lines.append(line)
        elif (author := by_line(line)) and "author" not in self.keys:
            self.say(at, Claim("author", author))
        elif claims := sentence_claims(0, line) or (() if detached else said(line)):
            self.say(at, *claims)
        elif part := _PART.fullmatch(line):
            self.say(at, Claim("part", part["part"]))
        elif not detached and _continues(before, line):
            last.lines.append(line)
        elif _LIKE_A_FIELD.match(line):
            self.unread.append(at)

    def _own(self, line: str) -> Claim | None:
        """What a line says that is no part of the note above it: ``by Torvald``, ``Rated R``."""
        author = by_line(line) if "author" not in self.keys else None
        if author and len(author.split()) < 4 and author[-1].isalnum():
            return Claim("author", author)
        claim = sentence_claim(0, line)
        return claim if claim and claim.label in ("rating", "spoilers", "feedback", "words", "status") else None

    # ---- the end

    def _take_rest(self) -> None:
        """What follows the last label at once may be its value; lines like ``2260 words`` below are header too."""
        end = self._end_of_value()
        self._take(end)
        self.end = after_sentences(self.lines, end)
        for at in range(end, self.end):
            self.say(at, *said(self.lines[at]))

    def _end_of_value(self) -> int:
        """The line after the value of the last field."""
        last = self.fields[-1]
        start = skip_blank(self.lines, self.end) if last.is_empty else self.end
        if start - self.end > 1:
            return self.end
        end = start
        while end < len(self.lines) and self.lines[end].strip() and not is_scene_break(self.lines[end]):
            end += 1
        if last.is_long and self._is_one_paragraph(self.lines[start:end]):
            return self._end_of_note(end)
        for at in range(start + last.is_empty, end):
            if not _continues(self.lines[at - 1], self.lines[at]):
                return at
        return end

    def _is_one_paragraph(self, lines: Sequence[str]) -> bool:
        """Are these the remaining lines of one paragraph, and not a story without blank lines?"""
        if len(lines) > _LINES_AT_MOST or (lines and lines[0].lstrip().startswith(QUOTES)):
            return False
        return self.fields[-1].is_empty or all(len(line) <= _LINE_AT_MOST for line in lines)

    def _is_list(self, end: int) -> bool:
        """``Warning: Character death`` is all there is of it: what follows the blank line is story."""
        return self.fields[-1].key == "warnings" and not _SENTENCE_END.search(self.lines[end - 1])

    def _end_of_note(self, end: int) -> int:
        """A note goes on up to a long rule, when the story has no other and nobody speaks before it."""
        near = range(end, min(end + 16, len(self.lines)))
        rule = next((n for n in near if is_scene_break(self.lines[n])), None)
        rule = rule if rule is not None and _LONG_RULE.fullmatch(self.lines[rule]) else None
        if self.fields[-1].key not in _NOTES_WITH_PARAGRAPHS or rule is None or self._is_list(end):
            return end
        note = [line for line in self.lines[end:rule] if line.strip()]
        story = any(line.lstrip().startswith(QUOTES) or heading_of(line) for line in note)
        last = next((n for n in range(len(self.lines) - 1, rule, -1) if self.lines[n].strip()), rule)
        again = any(line.strip() == self.lines[rule].strip() for line in self.lines[rule + 1 : last])
        long = sum(map(len, note)) > _DETACHED_AT_MOST
        return end if story or again or long or widest_gap(self.lines[end:rule]) > 1 else rule


_QUOTED_TITLE = re.compile(r"[\"“][^\"“”]{1,60}[^\"“”.,!?][\"”](?:[,.;]|$|\s(?:and|&|or|for)\b|\s?\()")


def _is_speech(line: str) -> bool:
    """Does somebody speak, rather than a wrapped value go on with a title in quotes?"""
    text = line.lstrip()
    return text.startswith(QUOTES) and not _QUOTED_TITLE.match(text)


_NOTICES = frozenset(("notes", "warnings"))
"""What may hang on a door in a story that begins below the rule: ``Note: the milk is for tea.``"""


def _is_authors(found: Labelled) -> bool:
    label = found.label.lower()
    return "author" in label or "a/n" in label or "story" in label


def _is_of_chapter(found: Labelled) -> bool:
    """``Chapter Summary:``: the archive's own, and no scene has it."""
    word, _, what = found.label.strip(" *_").lower().partition(" ")
    return word == "chapter" and label_of(what) is not None


def _continues(line: str, after: str) -> bool:
    """Does a value that was wrapped go on in the next line?"""
    if len(after) > _LINE_AT_MOST or _is_speech(after):
        return False
    if line.rstrip().endswith((",", ";", "&", "/", " and")):
        return True
    indent = len(after) - len(after.lstrip())
    return indent > len(line) - len(line.lstrip()) + 1 or 55 <= len(line) <= _LINE_AT_MOST
