"""The labels of the survey of real headers, field by field."""

from __future__ import annotations

_TABLE = {
    "title": "Title; TITLE; Story Title; Story; Fic; FIC; Fic Title; Titre; title",
    "author": "Author; AUTHOR; By; Author's Name; Author name; Written by; Penname; author; Pen name",
    "email": "Email; E-mail; E-Mail; Author email; Feedback Email; Contact; EMAIL/FEEDBACK; Author's E-mail",
    "website": "Website; Author's Website; Web site; Homepage",
    "feedback": "Feedback; FEEDBACK; Feeback; Concrit",
    "archive": "Archive; Archiving; ARCHIVING; Distribution; DISTRIBUTION; Dist; Permission to archive; Posted "
    "to; Archive?",
    "rating": "Rating; Rated; Content Rating; Content Level; RATING; rating; Ratings",
    "fandom": "Fandom; Fandoms; FANDOM",
    "genre": "Genre; Genres; Category; Categories; Classification; Story Type; Keywords; Content",
    "pairing": "Pairing; Pairings; Pairing(s); Relationship(s); Relationships; Ship; Ships; Character/Pairing; "
    "Characters/Pairings; Couple; PAIRING; Codes; Pairings/Characters",
    "characters": "Characters; Character(s); Main Characters; Cast; Starring; CHARACTERS",
    "spoilers": "Spoilers; Spoiler; SPOILERS; Spoiler Warning(s); Season/Spoilers; spoilers; Spoiler Warning; "
    "Spoilers/Season",
    "timeline": "Timeline; TIMEFRAME; Timeframe; Setting; SETTING; Set; Season; Era; Continuity",
    "status": "Status; Completed; Complete; Story Status; STATUS",
    "series": "Series; Series/Sequel; Sequel/Series Info; Universe; Arc",
    "sequel": "Sequel to; SequelTo",
    "warnings": "Warning; Warnings; Warning(s); Content Warning(s); Triggers; Tags & Warnings; Contains; "
    "WARNINGS; Content Warnings",
    "disclaimer": "Disclaimer; DISCLAIMER; Disclaimers; Legal Stuff; Legalities; Copyright; disclaimer",
    "summary": "Summary; SUMMARY; Synopsis; Description; Blurb; Teaser; Author's Summary; In brief; summary",
    "notes": "Note; Notes; NOTE; Author's Note(s); Authors note; Author Note; Author Note's; Author Notes; AN; "
    "A/N; A/N2; A/N3; "
    "Comments; Story Notes; Author's Chapter Notes; Things to keep in mind; Author's Note; Author's Notes; NOTES",
    "dedication": "Dedication; Dedications; DEDICATIONS; Thanks; THANKS; Special thanks to",
    "beta": "Beta; Beta'd by; Betas; Many thanks to",
    "length": "Length; File Size",
    "words": "Word Count; Word count; Words",
    "published": "Date; Posted; Written; Date Written; Published; Date Posted",
    "challenge": "Challenge; Challenge/Prompt; Prompt; Written for; Requirements; Response to",
    "other": "Music; Artist; Artist Appreciation; Current Mood/Music; Uber; Favorite line; Recced because",
    "language": "Language; LANGUAGE",
    "url": "URL; Link; Story URL",
}
LABELS: dict[str, tuple[str, ...]] = {field: tuple(names.split("; ")) for field, names in _TABLE.items()}
USUAL = {field: names[0] for field, names in LABELS.items()}
USUAL |= {
    "notes": "Author's Notes",
    "pairing": "Pairing",
    "published": "Date",
    "series": "Series",
    "archive": "Archive",
}
