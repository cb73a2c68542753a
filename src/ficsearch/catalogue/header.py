"""The claims of a document, and a book of where each value of the story came from."""

from __future__ import annotations

from collections.abc import Sequence

from ficsearch.story import Claim, Document, Origin
from ficsearch.values import is_corrected, is_nothing


def place_of(claim: Claim) -> str:
    """Where *claim* stands, for a person: ``line 4``, ``part2.txt, line 4``."""
    place = claim.origin or f"claimed as {claim.label}"
    return f"{claim.file}, {place}" if claim.file else place


class Header:
    """What a document says of itself, asked by label. What was used is noted: origins and problems grow."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._origins: dict[Origin, None] = {}  # a file of ten thousand labels asks for each of them
        self.problems: list[str] = list(document.problems)
        self._claims: dict[str, list[Claim]] = {}
        self._whole: dict[Claim, str] = {}
        for claim in document.claims:
            if claim.value.strip():
                self._claims.setdefault(claim.label, []).append(claim)

    def claims(self, *labels: str) -> Sequence[Claim]:
        """Every claim under these labels that says something, label by label, in the order of the file."""
        if len(labels) == 1:
            return self._claims.get(labels[0], ())
        return [claim for label in labels if label in self._claims for claim in self._claims[label]]

    def telling(self, *labels: str) -> Sequence[Claim]:
        """The same without "none", "n/a" and the like; a list of its own, that may be gone through while claims are
        replaced."""
        claims = self.claims(*labels)
        return [claim for claim in claims if not is_nothing(claim.value)] if claims else ()

    def corrected(self, label: str) -> bool:
        """Has a person put right what stands under *label*?"""
        return any(is_corrected(claim) for claim in self.claims(label))

    def replace(self, claim: Claim, *others: Claim) -> None:
        """*claim* has been understood otherwise: *others* stand in its place, each under its own label."""
        self._claims[claim.label].remove(claim)
        for other in others:
            self._whole[other] = self._whole.get(claim, claim.value)
            self._claims.setdefault(other.label, []).append(other)

    @property
    def origins(self) -> list[Origin]:
        """Where each value came from, in the order in which they were taken."""
        return list(self._origins)

    @property
    def source(self) -> str:
        """What tells the site: the address that the document gives, and its format."""
        return " ".join([*(c.value for c in self.claims("source_url")), self.document.format.replace("-net", ".net")])

    def took(self, field: str, claim: Claim) -> None:
        """*field* of the story has a value from *claim*."""
        self.infer(field, self._whole.get(claim, claim.value), place_of(claim))

    def infer(self, field: str, original: str, place: str) -> None:
        """*field* of the story has a value worked out from these words; *place* says how."""
        self._origins[Origin(field, original, place)] = None

    def joined(self, field: str, *labels: str) -> str | None:
        """The values under these labels as one text, a blank line between; None if there are none."""
        claims = self.telling(*labels)
        for claim in claims:
            self.took(field, claim)
        return "\n\n".join(dict.fromkeys(claim.value.strip() for claim in claims)) or None
