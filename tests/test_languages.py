"""Languages by name, by code, and by the look of a text."""

from __future__ import annotations

import pytest

from ficsearch.languages import LANGUAGES, guess_language, language_label, read_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English", "en"), ("en_US", "en"), ("eng", "en"), ("Deutsch", "de"), ("Français", "fr"), ("francais", "fr"),
        ("中文-普通话 國語", "zh"), ("Português brasileiro", "pt"), ("pt-BR", "pt"), ("Bahasa Indonesia", "id"),
        ("Klingon", None), ("", None),
    ],
)  # fmt: skip
def test_a_name_or_code_is_a_language(text: str, code: str | None) -> None:
    assert read_language(text) == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_code_has_a_label_that_leads_back_to_it(code: str) -> None:
    assert read_language(language_label(code)) == code


def test_a_code_without_a_name_is_its_own_label() -> None:
    assert language_label("tlh") == "tlh"


TEXTS = {
    "en": "The library had been closed for an hour when she was found at the top of it, and he had nothing for her. ",
    "de": "Die Bibliothek war seit einer Stunde zu, und er stand nicht mit ihr in dem Flur, als sie das Buch fand. ",
    "fr": "La bibliothèque était fermée et elle les vit, le livre et la lampe, que je ne lui avais pas rendus. ",
    "es": "La biblioteca estaba cerrada y no se veía por la ventana, con una lámpara en el suelo y los libros. ",
    "ru": "Библиотека была закрыта, и он не знал, что она стоит у окна с лампой в руке, а книги лежат на полу. ",
    "pl": "Biblioteka była zamknięta i nie było w niej nikogo, ale na stole stała lampa, a ona z książką czekała. ",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_shows_its_language_by_its_small_words(code: str) -> None:
    assert guess_language(TEXTS[code] * 3) == code


def test_a_short_text_shows_nothing() -> None:
    assert guess_language("The end.") is None
