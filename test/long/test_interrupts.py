"""Every kind of interrupt, twenty times: within half a second, and the kernel goes on."""

import statistics
import time

import pytest
from conftest import Kernel

BEGUN = "console.log('begun'); await new Promise(r => setTimeout(r, 20));"
FOREVER = "for (;;) { JSON.stringify([1]); }"
HOST = "(globalThis as any)[Symbol.for('tunelab.kernel')]"


@pytest.mark.parametrize(
    "code",
    [
        BEGUN + " await new Promise(() => {});",
        BEGUN + f" while (!{HOST}.signal.aborted) {{ await new Promise(r => setTimeout(r, 1)); }}",
        "console.log('begun'); const from = Date.now();"
        " for (;;) { if (Date.now() - from > 60) { console.log(''); } }",
        f"{BEGUN} {FOREVER}",
        f"{BEGUN} setTimeout(() => {{}}, 1); setTimeout(() => {{ {FOREVER} }}, 1);"
        " setTimeout(() => {}, 1); await new Promise(() => {});",
        f"{BEGUN} setImmediate(() => {{}}); setImmediate(() => {{ {FOREVER} }});"
        " setImmediate(() => {}); await new Promise(() => {});",
        f"{BEGUN} process.nextTick(() => {{}}); process.nextTick(() => {{ {FOREVER} }});"
        " await new Promise(() => {});",
    ],
    ids=["awaited", "library call", "loop", "after await", "timer", "immediate", "tick"],
)
def test_twenty_interrupts(kernel: Kernel, code: str, request: pytest.FixtureRequest) -> None:
    kernel.ok("let survivor = 41;")
    times = []
    for _ in range(20):
        msg_id = kernel.client.execute(code)
        while True:
            message = kernel.client.get_iopub_msg(timeout=10)
            if message["msg_type"] == "stream" and "begun" in message["content"]["text"]:
                break
        time.sleep(0.15)
        start = time.monotonic()
        kernel.manager.interrupt_kernel()
        assert kernel.reply(msg_id)["content"]["ename"] == "Interrupted"
        times.append(time.monotonic() - start)
        assert kernel.ok("survivor + 1").value == "42"
        assert kernel.ok(
            "await new Promise(r => setTimeout(() => setImmediate(() => r('on')), 5))"
        ).value == "'on'"
    print(
        f"interrupt, {request.node.callspec.id}: median {statistics.median(times) * 1000:.0f} ms,"
        f" longest {max(times) * 1000:.0f} ms"
    )
    assert max(times) < 0.5
