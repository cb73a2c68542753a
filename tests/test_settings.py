"""Where a setting comes from, and what a wrong one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ficsearch.errors import UsageError
from ficsearch.settings import SETTINGS, keep_setting, load_settings


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == {s.name: s.default for s in SETTINGS}


def test_the_environment_is_stronger_than_the_file(tmp_path: Path) -> None:
    (tmp_path / "ficsearch.toml").write_text('index = "shelf"\nport = 9000\n', encoding="utf-8")
    found = load_settings(tmp_path, {"FICSEARCH_PORT": "9001"})
    assert (found["index"], found["port"]) == ("shelf", 9001)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("colour = 1", "unknown setting 'colour'"),
        ("port = 'many'", "'port' is not a number: 'many'"),
        ("index = ", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "ficsearch.toml").write_text(written, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        load_settings(tmp_path, {})


def test_one_setting_is_kept_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "ficsearch.toml").write_text('# mine\nindex = "shelf"\nseen = "x"\n', encoding="utf-8")
    keep_setting(tmp_path, "seen", 'the "Zeppo"')
    assert load_settings(tmp_path, {})["seen"] == 'the "Zeppo"'
    keep_setting(tmp_path, "seen", None)
    assert (tmp_path / "ficsearch.toml").read_text(encoding="utf-8") == '# mine\nindex = "shelf"\n'
