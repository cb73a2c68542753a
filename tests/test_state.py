"""The URL says what was asked and chosen, and nothing is lost on the way."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from ficsearch.engines import Choice
from ficsearch.web.state import PAGE_FACETS, State


def read(url: str) -> State:
    return State.from_args(MultiDict(parse_qsl(url.partition("?")[2], keep_blank_values=True)))


words = st.text(min_size=1, max_size=12).map(str.strip).filter(bool).filter(lambda t: t.isprintable())


def in_order(chosen: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(chosen, key=lambda pair: PAGE_FACETS.index(pair[0])))


pairs = st.tuples(st.sampled_from(PAGE_FACETS), words)


@given(
    st.builds(
        State,
        text=words,
        chosen=st.lists(pairs, max_size=4, unique=True).map(in_order),
        refused=st.lists(pairs, max_size=3, unique=True).map(tuple),
        either=st.lists(st.sampled_from(PAGE_FACETS), max_size=2, unique=True).map(tuple),
        seen=words, words=words, published=words, max_rating=words, sort=words,
        reveal=st.sampled_from([(), ("unknown",), ("unsafe", "unknown")]),
        page=st.integers(1, 999),
    )
)  # fmt: skip
def test_a_url_tells_the_whole_state(state: State) -> None:
    assert read(state.url()) == state


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "99999999999999", "٣x"])
def test_a_page_that_makes_no_sense_is_the_first(page: str) -> None:
    assert State.from_args(MultiDict({"page": page})).page == 1


def test_a_value_is_chosen_refused_and_let_go() -> None:
    state = State("willow", page=3)
    chosen = state.toggled("rating", "teen")
    assert (chosen.chosen, chosen.page) == ((("rating", "teen"),), 1)
    refused = chosen.refusing("rating", "teen")
    assert (refused.chosen, refused.refused) == ((), (("rating", "teen"),))
    assert refused.refusing("rating", "teen").refused == ()
    assert chosen.toggled("rating", "teen").chosen == ()


def test_many_valued_facets_ask_for_all_unless_any_will_do() -> None:
    state = read("/?character=Oz&character=Willow&rating=teen&not=genre:Angst&not=nonsense:x&not=genre:")
    assert state.choices() == (
        Choice("rating", ("teen",), (), every=False),
        Choice("character", ("Oz", "Willow"), (), every=True),
        Choice("genre", (), ("Angst",), every=True),
    )
    assert State(chosen=state.chosen, either=("character",)).choices()[1].every is False
