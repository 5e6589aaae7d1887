"""Output and errors of background work belong to the cell that began it, also after its end."""

from __future__ import annotations

import time
from typing import Any

from conftest import Kernel, plain

HOST = "const host = (globalThis as any)[Symbol.for('tunelab.kernel')];"


def messages_until(kernel: Kernel, wanted: str, timeout: float = 10) -> list[dict[str, Any]]:
    """What arrives until a stream's text has `wanted` in it."""
    seen = []
    deadline = time.monotonic() + timeout
    while True:
        message = kernel.client.get_iopub_msg(timeout=deadline - time.monotonic())
        seen.append(message)
        if message["msg_type"] == "stream" and wanted in message["content"]["text"]:
            return seen


def parent_of(messages: list[dict[str, Any]], text: str) -> str:
    (found,) = [
        m for m in messages
        if text in str(m["content"].get("text", "")) + str(m["content"].get("data", ""))
    ]
    return found["parent_header"]["msg_id"]


def run(kernel: Kernel, code: str) -> str:
    msg_id = kernel.client.execute(code)
    assert kernel.collect(msg_id).reply["status"] == "ok"
    return msg_id


def test_timers_and_promises_print_in_their_cell_while_another_one_runs(kernel: Kernel) -> None:
    kernel.ok(HOST)
    first = run(
        kernel,
        "setTimeout(() => console.log('from the timer'), 250);\n"
        "void (async () => { for (let i = 0; i < 3; i++) {\n"
        "  await new Promise(r => setTimeout(r, 100)); }\n"
        "  host.display({ 'text/plain': 'a late display' }); console.log('from the promise'); })();",
    )
    second = kernel.client.execute(
        "console.log('own'); await new Promise(r => setTimeout(r, 600)); console.log('own end')"
    )
    seen = messages_until(kernel, "own end")
    assert parent_of(seen, "from the timer") == first
    assert parent_of(seen, "from the promise") == first
    assert parent_of(seen, "a late display") == first
    assert parent_of(seen, "own\n") == second
    assert parent_of(seen, "own end") == second


def test_a_comms_handler_prints_in_the_cell_that_registered_its_target(kernel: Kernel) -> None:
    first = run(
        kernel,
        HOST.replace("host", "owner") + " owner.registerTarget('printing', (comm: any) => {"
        " comm.onMessage = () => console.log('handled'); });",
    )
    run(kernel, "1")
    channel, session = kernel.client.shell_channel, kernel.client.session
    channel.send(session.msg("comm_open", {"comm_id": "p", "target_name": "printing", "data": {}}))
    channel.send(session.msg("comm_msg", {"comm_id": "p", "data": {}}))
    assert parent_of(messages_until(kernel, "handled"), "handled") == first


def test_an_exception_in_a_timer_after_the_cell_is_printed_in_it(kernel: Kernel) -> None:
    first = run(kernel, "const fail = () => {\n  throw new Error('too late');\n};\nsetTimeout(fail, 200);")
    run(kernel, "2")
    seen = messages_until(kernel, "too late")
    assert parent_of(seen, "too late") == first
    text = plain(seen[-1]["content"]["text"])
    assert seen[-1]["content"]["name"] == "stderr"
    assert "line 2" in text and "throw new Error" in text and "node:internal" not in text
    assert kernel.ok("3").value == "3"


def test_an_unhandled_rejection_is_printed_in_its_cell(kernel: Kernel) -> None:
    first = run(
        kernel,
        "void (async () => { await new Promise(r => setTimeout(r, 200));"
        " throw new Error('nobody waits'); })();",
    )
    run(kernel, "4")
    seen = messages_until(kernel, "nobody waits")
    assert parent_of(seen, "nobody waits") == first
    assert kernel.ok("5").value == "5"


def test_printed_promises_and_timers_show_nothing_of_the_kernel(kernel: Kernel) -> None:
    result = kernel.ok(
        "console.log(Promise.resolve(3), { a: Promise.resolve('b') });"
        " const timer = setTimeout(() => {}, 5); console.log(timer); clearTimeout(timer);"
        " Promise.resolve(6)"
    )
    assert result.text().startswith("Promise { 3 } { a: Promise { 'b' } }\n")
    assert "kResourceStore" not in result.text()
    assert result.value == "Promise { 6 }"


def test_process_exit_is_an_error_of_the_cell_and_loses_nothing(kernel: Kernel) -> None:
    kernel.ok("const kept = 7;")
    result = kernel.run("process.exit(3)")
    assert result.reply["ename"] == "ProcessExit"
    assert "process.exit(3) was called" in result.reply["evalue"]
    assert "cell [" in result.traceback
    assert kernel.ok("kept").value == "7"


def test_much_output_passes_in_order(kernel: Kernel) -> None:
    """More than may be under way at once: the code that prints waits, and nothing is left out."""
    count = 24 * 1024
    msg_id = kernel.client.execute(
        f"for (let i = 0; i < {count}; i++) {{ console.log(String(i).padEnd(1023)); }}"
    )
    text = kernel.collect(msg_id).text()
    assert [int(line) for line in text.split("\n")[:-1]] == list(range(count))
