"""Messages, files and cells that are not as they should be: a clear word, and the kernel goes on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import KERNEL, Kernel
from jupyter_client.kernelspec import get_kernel_spec
from jupyter_client.manager import start_new_kernel


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
    log = tmp_path / "log"
    with log.open("w") as stderr:
        manager, client = start_new_kernel(kernel_name=KERNEL, cwd=str(tmp_path), stderr=stderr)
        client.shell_channel.socket.send_multipart(frames)
        client.control_channel.socket.send_multipart(frames)
        assert Kernel(manager, client).ok("1 + 1").value == "2"
        client.stop_channels()
        manager.shutdown_kernel()
    assert [words in line for line in log.read_text().splitlines()] == [True, True]


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


@pytest.mark.parametrize(
    ("text", "words"),
    [(None, "cannot be read"), ("{", "is not JSON"), ("{}", "has no shell_port")],
    ids=["missing", "not JSON", "no ports"],
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
