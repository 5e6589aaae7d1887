"""Messages, files and cells that are not as they should be: a clear word, and the kernel goes on."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest
from conftest import KERNEL, Kernel, logged_kernel, plain
from jupyter_client.kernelspec import get_kernel_spec


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ([b"no delimiter"], "got no <IDS|MSG>"),
        ([b"<IDS|MSG>", b"", b"{}"], "but got 3"),
        ([b"<IDS|MSG>", b"\xff", b"{", b"{}", b"{}", b"{}"], "not signed"),
        ([b""], "got no <IDS|MSG>"),
    ],
    ids=["no delimiter", "too few", "no signature", "empty"],
)
def test_malformed_frames_are_ignored_with_a_note(
    tmp_path: Path, frames: list[bytes], words: str
) -> None:
    with logged_kernel(tmp_path) as (kernel, log):
        kernel.client.shell_channel.socket.send_multipart(frames)
        kernel.client.control_channel.socket.send_multipart(frames)
        assert kernel.ok("1 + 1").value == "2"
    assert [words in line for line in log.read_text().splitlines()] == [True, True]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([b"no JSON", b"{}", b"{}", b"{}"], "JSON"),
        ([b"[]", b"{}", b"{}", b"{}"], "JSON object"),
        ([b'{"msg_id": 1}', b"{}", b"{}", b"{}"], "without msg_id or msg_type"),
        ([b'{"msg_id": "1", "msg_type": "execute_request"}', b"{}", b"{}", b"7"], "JSON object"),
    ],
    ids=["no JSON", "a list", "no type", "content"],
)
def test_signed_frames_that_hold_no_message_are_ignored_with_a_note(
    tmp_path: Path, parts: list[bytes], words: str
) -> None:
    with logged_kernel(tmp_path) as (kernel, log):
        signature = kernel.client.session.sign(parts)
        kernel.client.shell_channel.socket.send_multipart([b"<IDS|MSG>", signature, *parts])
        assert kernel.ok("1 + 1").value == "2"
    (note,) = log.read_text().splitlines()
    assert note.startswith("tunelab kernel: ignored on shell: ") and words in note


def test_signed_messages_without_sense_are_answered_or_ignored(kernel: Kernel) -> None:
    session, channel = kernel.client.session, kernel.client.shell_channel
    for msg_type, content in [
        ("no_such_request", {}),
        ("comm_msg", {"comm_id": "nobody", "data": {}}),
        ("comm_msg", {}),
        ("comm_close", {"comm_id": 3}),
        ("history_request", {"hist_access_type": "sideways"}),
        ("complete_request", {}),
        ("inspect_request", {"code": 5, "cursor_pos": "x"}),
        ("execute_request", {}),
    ]:
        channel.send(session.msg(msg_type, content))
    kernel.client.stdin_channel.send(session.msg("input_reply", {"value": "nobody asked"}))
    assert kernel.ok("'alive'").value == "'alive'"


PORTS = {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be read"),
        ("{", "is not JSON"),
        ("null", "is not a JSON object"),
        ("{}", "has no shell_port"),
        (json.dumps({**PORTS, "hb_port": 99999}), "has hb_port 99999: a port is a whole number"),
        (json.dumps({**PORTS, "key": 5}), "has key 5: "),
        (json.dumps({**PORTS, "signature_scheme": "md5"}), 'has signature_scheme "md5": hmac-'),
        (json.dumps({**PORTS, "signature_scheme": "hmac-x"}), 'has signature_scheme "hmac-x": '),
    ],
    ids=["missing", "not JSON", "null", "no ports", "port", "key", "scheme", "hash"],
)
def test_a_connection_file_that_is_no_good_is_told(
    tmp_path: Path, text: str | None, words: str
) -> None:
    file = tmp_path / "connection.json"
    if text is not None:
        file.write_text(text)
    argv = [part.format(connection_file=file) for part in get_kernel_spec(KERNEL).argv]
    result = subprocess.run(argv, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert words in result.stderr and "    at " not in result.stderr


def test_a_cell_of_one_megabyte_runs(kernel: Kernel) -> None:
    text = "x" * 1_000_000
    assert kernel.ok(f"const long = '{text}'; long.length").value == "1000000"


def test_an_error_in_a_cell_of_one_megabyte_shows_its_line_alone(kernel: Kernel) -> None:
    lines = 20_000
    code = f"let filled{{n}} = 1; // {'-' * 36}\n"
    code = "".join(code.format(n=n) for n in range(lines)) + "filled0.nothing();"
    assert len(code) > 1_000_000
    result = kernel.run(code)
    assert result.reply["status"] == "error"
    assert "Property 'nothing' does not exist" in result.traceback
    assert f"line {lines + 1}" in result.traceback and len(result.traceback) < 2000
    assert kernel.ok("'alive'").value == "'alive'"


def test_code_nested_too_deeply_for_the_compiler_is_an_error(kernel: Kernel) -> None:
    for code in ["{" * 300_000, "[" * 100_000 + "]" * 100_000]:
        assert kernel.run(code).reply["ename"] == "RangeError"
    assert kernel.ok("'alive'").value == "'alive'"


def test_process_exit_in_a_timer_is_printed_and_the_kernel_lives(kernel: Kernel) -> None:
    kernel.ok("const kept = 8;")
    result = kernel.ok(
        "setTimeout(() => process.exit(2), 50); await new Promise(r => setTimeout(r, 300));"
    )
    assert "ProcessExit: process.exit(2) was called" in plain(result.text("stderr"))
    assert kernel.ok("kept").value == "8"


@pytest.mark.parametrize(
    "thrown",
    ["undefined", "Object.create(null)", "new Proxy({}, { get() { throw new Error('no'); } })"],
)
def test_whatever_is_thrown_or_rejected_is_told(kernel: Kernel, thrown: str) -> None:
    assert kernel.run(f"throw {thrown}").reply["ename"] == "Thrown"
    for late in [f"setTimeout(() => {{ throw {thrown}; }}, 5)", f"void Promise.reject({thrown})"]:
        printed = kernel.ok(f"{late}; await new Promise(r => setTimeout(r, 200));")
        assert plain(printed.text("stderr")).startswith("Thrown: ")
    assert kernel.ok("'alive'").value == "'alive'"


def test_comm_messages_wait_for_a_loop_that_never_yields_and_none_is_lost(kernel: Kernel) -> None:
    """Handlers are code of the thread that computes: they run once the loop is interrupted."""
    kernel.ok(
        "const taken: number[] = [];"
        " (globalThis as any)[Symbol.for('tunelab.kernel')].registerTarget('count', (comm: any) => {"
        " comm.onMessage = (m: any) => taken.push(m.data.i + m.buffers[0].length); });"
    )
    session, socket = kernel.client.session, kernel.client.shell_channel.socket
    opening = session.msg("comm_open", {"comm_id": "n", "target_name": "count", "data": {}})
    session.send(socket, opening)
    looping = kernel.client.execute("for (;;) {}")
    time.sleep(0.5)
    for i in range(1000):
        message = session.msg("comm_msg", {"comm_id": "n", "data": {"i": i}})
        session.send(socket, message, buffers=[b"abc"])
    # What needs no user code is answered meanwhile, after the messages before it.
    assert "n" in kernel.reply(kernel.client.comm_info())["content"]["comms"]
    kernel.manager.interrupt_kernel()
    assert kernel.collect(looping).reply["ename"] == "Interrupted"
    assert kernel.ok("taken.join() === Array.from({ length: 1000 }, (_, i) => i + 3).join()").value == "true"


def test_without_stop_on_error_the_queue_goes_on(kernel: Kernel) -> None:
    # The pause lets the second cell arrive before the first one fails.
    pause = "await new Promise(r => setTimeout(r, 300)); "
    failing = kernel.client.execute(f"{pause}throw new Error('a')", stop_on_error=False)
    after = kernel.client.execute("'after'")
    assert kernel.collect(failing).reply["status"] == "error"
    assert kernel.collect(after).value == "'after'"
    failing = kernel.client.execute(f"{pause}throw new Error('b')")
    after = kernel.client.execute("'after'")
    assert kernel.collect(failing).reply["status"] == "error"
    # No count: JupyterLab would write it beside the cell, as if that had run.
    assert kernel.collect(after).reply == {"status": "aborted"}
