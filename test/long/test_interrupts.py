"""Every kind of interrupt, twenty times: within half a second, and the kernel goes on."""

import statistics

import pytest
from conftest import Kernel
from interrupts import interrupts, of_every_kind


@of_every_kind
def test_twenty_interrupts(kernel: Kernel, code: str, request: pytest.FixtureRequest) -> None:
    times = interrupts(kernel, code, times=20)
    print(
        f"interrupt, {request.node.callspec.id}: median {statistics.median(times) * 1000:.0f} ms,"
        f" longest {max(times) * 1000:.0f} ms"
    )
    assert max(times) < 0.5
