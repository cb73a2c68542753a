"""Which ways of writing names are one person."""

from __future__ import annotations

import pytest

from ficsearch.catalogue.person import Form, Person
from ficsearch.catalogue.persons import persons_of
from ficsearch.catalogue.runs import words_of
from ficsearch.catalogue.vocabulary import RANKS


def shown(*forms: tuple[str, int]) -> dict[str, int]:
    """Name and mentions of each person whose names these are."""
    made = []
    for written, times in forms:
        words = words_of(written)
        rank = words[0] if words[0] in RANKS else ""
        made.append(Form(rank, words[1:] if rank else words, written, times))
    return {p.shown: p.mentions for p in persons_of(made)}


def test_a_first_name_and_a_full_name_are_one_person() -> None:
    forms = [("Elizabeth", 30), ("Elizabeth Bennet", 4), ("Miss Elizabeth", 2), ("Mrs. Bennet", 9), ("Mr. Bennet", 8)]
    assert shown(*forms) == {"Elizabeth Bennet": 36, "Mrs. Bennet": 9, "Mr. Bennet": 8}


def test_a_surname_alone_is_the_man_where_several_have_it() -> None:
    assert shown(("Mr. Darcy", 50), ("Darcy", 40), ("Miss Darcy", 9)) == {"Mr. Darcy": 90, "Miss Darcy": 9}


def test_who_has_a_surname_in_full_has_it_alone_too() -> None:
    assert shown(("Sherlock Holmes", 20), ("Holmes", 60), ("Mr. Holmes", 30)) == {"Sherlock Holmes": 110}


def test_mr_john_knightley_is_not_mr_knightley() -> None:
    forms = [("Mr. John Knightley", 30), ("Mr. Knightley", 200), ("Knightley", 20)]
    assert shown(*forms) == {"Mr. John Knightley": 30, "Mr. Knightley": 220}


def test_mrs_charles_wilmot_is_mrs_wilmot_and_not_charles() -> None:
    forms = [("Mrs. Charles Wilmot", 4), ("Mrs. Wilmot", 6), ("Mr. Wilmot", 3), ("Charles", 5)]
    assert shown(*forms) == {"Mrs. Wilmot": 10, "Mr. Wilmot": 3, "Charles": 5}


def test_miss_woodhouse_is_the_only_woman_of_that_name() -> None:
    forms = [("Emma Woodhouse", 9), ("Emma", 80), ("Miss Woodhouse", 30), ("Mr. Woodhouse", 20)]
    assert shown(*forms) == {"Emma Woodhouse": 119, "Mr. Woodhouse": 20}


def test_a_lady_by_her_first_name_is_not_another_who_is_called_so_alone() -> None:
    assert shown(("Lady Catherine", 20), ("Catherine", 9)) == {"Lady Catherine": 20, "Catherine": 9}


def test_a_title_goes_with_a_first_name_where_there_is_one() -> None:
    forms = [("Henry Baskerville", 6), ("Sir Henry", 40), ("Sir Charles", 20), ("Charles Baskerville", 4)]
    assert shown(*forms) == {"Henry Baskerville": 46, "Charles Baskerville": 24}


def test_an_initial_stands_for_a_first_name() -> None:
    assert shown(("G. J. Utterson", 1), ("Mr. Utterson", 9), ("Utterson", 20)) == {"Mr. Utterson": 30}


def test_a_man_is_not_taken_for_a_woman_of_the_same_surname() -> None:
    assert shown(("Mary Bold", 9), ("John Bold", 12), ("Mr. Bold", 6)) == {"Mary Bold": 9, "John Bold": 18}


def test_a_short_name_that_only_speakers_use_is_the_long_one() -> None:
    elizabeth = Form("", ("elizabeth",), "Elizabeth", 30, seen=30, deeds=12)
    lizzy = Form("", ("lizzy",), "Lizzy", 9, seen=9, called=5)
    assert [p.mentions for p in persons_of([elizabeth, lizzy])] == [39]


def test_a_short_name_of_somebody_who_acts_is_somebody_else() -> None:
    margaret = Form("", ("margaret",), "Margaret", 30, seen=30, deeds=12)
    meta = Form("", ("meta",), "Meta", 20, seen=20, deeds=9)
    assert [p.mentions for p in persons_of([margaret, meta])] == [30, 20]


def test_what_stands_once_beside_a_name_is_no_part_of_it() -> None:
    assert shown(("Pip", 20), ("Meantime Pip", 1)) == {"Pip": 21}


def test_a_short_name_is_the_long_one_that_stands_now_and_then() -> None:
    assert shown(("Chris", 20), ("Christopher", 2)) == {"Chris": 22}


def test_mr_harry_is_what_servants_call_harry() -> None:
    forms = [("Harry Heathcote", 5), ("Harry", 20), ("Mr. Harry", 3)]
    assert shown(*forms) == {"Harry Heathcote": 28}


def test_one_servant_does_not_make_a_surname_of_a_first_name() -> None:
    assert shown(("Gerald", 90), ("Gerald Crich", 4), ("Mr. Gerald", 1)) == {"Gerald Crich": 95}


def test_elizabeth_jane_is_elizabeth_too() -> None:
    assert shown(("Elizabeth-Jane", 30), ("Elizabeth", 20)) == {"Elizabeth-Jane": 50}


def test_mrs_perry_is_not_melton_perry() -> None:
    assert shown(("Melton Perry", 5), ("Perry", 6), ("Mrs. Perry", 4)) == {"Melton Perry": 11, "Mrs. Perry": 4}


def test_miss_schlegel_is_not_the_younger_sister() -> None:
    forms = [
        ("Miss Helen Schlegel", 1),
        ("Helen", 90),
        ("Miss Schlegel", 12),
        ("Margaret Schlegel", 3),
        ("Margaret", 95),
    ]
    assert shown(*forms) == {"Margaret Schlegel": 98, "Helen": 91, "Miss Schlegel": 12}


def test_a_surname_means_the_man_of_that_name_though_he_is_rarely_named_in_full() -> None:
    assert shown(("Gabriel Syme", 6), ("Mr. Syme", 11), ("Syme", 400)) == {"Gabriel Syme": 417}


def test_dr_may_is_not_short_for_margaret() -> None:
    assert shown(("Dr. May", 9), ("Margaret", 19)) == {"Dr. May": 9, "Margaret": 19}


def test_a_surname_alone_is_not_the_woman_who_is_always_mrs() -> None:
    assert shown(("Mrs. Sherman", 7), ("Sherman", 5)) == {"Mrs. Sherman": 7, "Sherman": 5}


def test_the_firm_of_dombey_makes_no_first_name_of_it() -> None:
    forms = [("Mr. Dombey", 90), ("Dombey", 40), ("Miss Dombey", 20), ("Paul Dombey", 6), ("Dombey Firm", 1)]
    assert shown(*forms)["Miss Dombey"] == 20


def test_a_first_name_is_not_compared_with_all_of_that_surname(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[Person] = []
    monkeypatch.setattr(Person, "firsts", property(lambda person: looked_at.append(person) or set()))
    people = persons_of([Form("", (f"x{number}", "smith"), f"X{number} Smith", times=4) for number in range(200)])
    assert (len(people), looked_at) == (200, [])


def test_chance_companions_of_one_name_leave_one_name() -> None:
    once = [Form("", (f"xq{number}", "smith"), f"Xq{number} Smith", times=1) for number in range(200)]
    (smith,) = persons_of([Form("", ("smith",), "Smith", times=3), *once])
    assert (smith.shown, smith.mentions, len(smith.forms)) == ("Smith", 203, 1)


def test_of_many_thousands_of_names_those_that_stand_most_are_persons() -> None:
    names = [(f"Ada {'qwertyuiop'[n % 10]}{n}", 2) for n in range(15_000)]
    assert shown(*names, ("Mina Harker", 1))["Ada q0"] == 2
    assert "Mina Harker" not in shown(*names, ("Mina Harker", 1))
