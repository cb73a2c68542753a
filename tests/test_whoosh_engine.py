"""The Whoosh engine keeps the contract of every engine; and what only it promises."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("engine_contract")

from engine_contract import EngineContract  # noqa: E402


class TestContract(EngineContract):
    engine_name = "whoosh"
