"""Every engine of ENGINES keeps the contract."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("engine_contract")

from engine_contract import EngineContract  # noqa: E402


class TestMemory(EngineContract):
    engine_name = "memory"
    durable = False
