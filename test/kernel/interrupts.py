"""Every kind of work that an interrupt must stop, and how to interrupt it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from conftest import Kernel

HOST = "(globalThis as any)[Symbol.for('tunelab.kernel')]"
BEGUN = "console.log('begun'); await new Promise(r => setTimeout(r, 20));"
FOREVER = "for (;;) { JSON.stringify([1]); }"

#: Code by the kind of its work. Timers, immediates and ticks stand between others of their kind:
#: Node's lists of them must survive that one in the middle is terminated.
KINDS = {
    "awaited": BEGUN + " await new Promise(() => {});",
    "library call": BEGUN
    + f" while (!{HOST}.signal.aborted) {{ await new Promise(r => setTimeout(r, 1)); }}",
    "loop": "console.log('begun'); const from = Date.now();"
    " for (;;) { if (Date.now() - from > 60) { console.log(''); } }",
    "loop after an await": f"{BEGUN} {FOREVER}",
    "empty loop after an await": BEGUN + " for (;;) {}",
    "timer": f"{BEGUN} setTimeout(() => {{}}, 1); setTimeout(() => {{ {FOREVER} }}, 1);"
    " setTimeout(() => {}, 1); await new Promise(() => {});",
    "immediate": f"{BEGUN} setImmediate(() => {{}}); setImmediate(() => {{ {FOREVER} }});"
    " setImmediate(() => {}); await new Promise(() => {});",
    "tick": f"{BEGUN} process.nextTick(() => {{}}); process.nextTick(() => {{ {FOREVER} }});"
    " await new Promise(() => {});",
}

of_every_kind = pytest.mark.parametrize("code", KINDS.values(), ids=KINDS.keys())


def interrupt(kernel: Kernel, code: str) -> tuple[float, dict[str, Any]]:
    """Interrupts running code; gives the seconds until it stopped, and the reply."""
    msg_id = kernel.client.execute(code)
    while True:
        message = kernel.client.get_iopub_msg(timeout=10)
        if message["msg_type"] == "stream" and "begun" in message["content"]["text"]:
            break
    time.sleep(0.15)
    start = time.monotonic()
    kernel.manager.interrupt_kernel()
    reply = kernel.reply(msg_id)["content"]
    return time.monotonic() - start, reply


def interrupts(kernel: Kernel, code: str, times: int) -> list[float]:
    """Interrupts that often; after each, variables, timers and immediates must be whole."""
    kernel.ok("let survivor = 41;")
    seconds = []
    for _ in range(times):
        taken, reply = interrupt(kernel, code)
        assert (reply["status"], reply["ename"]) == ("error", "Interrupted")
        seconds.append(taken)
        assert kernel.ok("survivor + 1").value == "42"
        assert kernel.ok(
            "await new Promise(r => setTimeout(() => setImmediate(() => r('on')), 5))"
        ).value == "'on'"
    return seconds
