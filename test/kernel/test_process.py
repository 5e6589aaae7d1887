"""Interrupts, heartbeat, signatures, shutdown and the death of the parent."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

import pytest
from conftest import KERNEL, Kernel, is_running, logged_kernel
from interrupts import BEGUN, HOST, interrupt, interrupts, of_every_kind
from jupyter_client.manager import start_new_kernel


@of_every_kind
def test_an_interrupt_stops_the_cell_and_the_next_one_is_answered(
    kernel: Kernel, code: str
) -> None:
    assert max(interrupts(kernel, code, times=3)) < 1


def test_work_that_obeys_the_signal_keeps_its_results(kernel: Kernel) -> None:
    _, reply = interrupt(
        kernel,
        f"const signal: AbortSignal = {HOST}.signal; let steps = 0; {BEGUN}\n"
        "while (!signal.aborted) { steps++; await new Promise(r => setTimeout(r, 5)); }\n"
        "const finished = steps;",
    )
    assert reply["ename"] == "Interrupted"
    assert int(kernel.ok("finished").value) > 1
    assert kernel.ok(f"{HOST}.signal.aborted").value == "false"


def test_an_interrupt_of_an_idle_kernel_changes_nothing(kernel: Kernel) -> None:
    kernel.manager.interrupt_kernel()
    time.sleep(0.3)
    assert kernel.ok("'still here'").value == "'still here'"


def test_heartbeat_and_kernel_info_are_answered_while_a_cell_computes(kernel: Kernel) -> None:
    code = "const end = Date.now() + 3000; while (Date.now() < end) {}\n'computed'"
    msg_id = kernel.client.execute(code)
    time.sleep(0.5)
    start = time.monotonic()
    kernel.reply(kernel.client.kernel_info())
    assert time.monotonic() - start < 1
    kernel.client.hb_channel.unpause()
    time.sleep(1.2)
    assert kernel.client.hb_channel.is_beating()
    assert kernel.collect(msg_id).value == "'computed'"


def test_completion_is_answered_while_a_cell_awaits(kernel: Kernel) -> None:
    msg_id = kernel.client.execute("await new Promise(r => setTimeout(r, 2000)); 'awaited'")
    time.sleep(0.3)
    start = time.monotonic()
    reply = kernel.reply(kernel.client.complete("Math.sqr"))
    assert reply["content"]["matches"][0] == "sqrt"
    assert time.monotonic() - start < 1.5
    assert kernel.collect(msg_id).value == "'awaited'"


def test_a_message_with_a_wrong_signature_is_ignored_with_a_note(tmp_path: Path) -> None:
    with logged_kernel(tmp_path) as (kernel, log):
        client = kernel.client
        key = client.session.key
        client.session.key = b"a key of somebody else"
        client.execute("const forged = 1;")
        # Forged as well: the kernel would end.
        client.shutdown()
        client.session.key = key
        assert "Cannot find name 'forged'" in kernel.run("forged").reply["evalue"]
    assert sorted(log.read_text().splitlines()) == [
        f"tunelab kernel: ignored on {channel}: A message was not signed with this connection's key."
        for channel in ("control", "shell")
    ]


def test_an_unknown_message_is_ignored_with_a_note(tmp_path: Path) -> None:
    with logged_kernel(tmp_path) as (kernel, log):
        client = kernel.client
        client.shell_channel.send(client.session.msg("no_such_request", {}))
        assert kernel.ok("1").value == "1"
    note = "tunelab kernel: a message of type no_such_request is not understood and ignored"
    assert log.read_text().splitlines() == [note]


def test_ports_in_use_are_told(kernel: Kernel) -> None:
    spec = kernel.manager.kernel_spec
    argv = [part.format(connection_file=kernel.manager.connection_file) for part in spec.argv]
    second = subprocess.run(argv, capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert "The kernel cannot listen at tcp://" in second.stderr
    assert kernel.ok("1").value == "1"


@pytest.fixture()
def fresh(tmp_path: Path) -> Iterator[Kernel]:
    manager, client = start_new_kernel(kernel_name=KERNEL, cwd=str(tmp_path))
    yield Kernel(manager, client)
    client.stop_channels()
    if manager.is_alive():
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("code", ["1", "for (;;) {}"], ids=["idle", "in a loop"])
def test_shutdown_is_answered_and_the_process_ends(fresh: Kernel, code: str) -> None:
    fresh.client.execute(code)
    time.sleep(1)
    fresh.client.shutdown()
    reply = fresh.client.get_control_msg(timeout=10)
    assert reply["msg_type"] == "shutdown_reply"
    assert reply["content"] == {"status": "ok", "restart": False}
    process = fresh.manager.provisioner.process
    assert process.wait(timeout=10) is not None


def test_restart_gives_an_empty_kernel(fresh: Kernel) -> None:
    fresh.ok("const before = 1;")
    fresh.manager.restart_kernel()
    fresh.client.wait_for_ready(timeout=60)
    assert "Cannot find name 'before'" in fresh.run("before").reply["evalue"]


STARTER = """
import sys, time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name=sys.argv[1])
client.execute(sys.argv[2])
time.sleep(1)
print(manager.provisioner.process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills and looks up processes the POSIX way")
@pytest.mark.parametrize("code", ["1", "for (;;) {}"], ids=["idle", "in a loop"])
def test_a_kernel_does_not_survive_its_parent(tmp_path: Path, code: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTER, KERNEL, code], stdout=subprocess.PIPE, cwd=tmp_path
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and is_running(pid):
        time.sleep(0.1)
    assert not is_running(pid)


def test_a_cell_forks_ordinary_processes(kernel: Kernel) -> None:
    code = """import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
writeFileSync('forked.cjs', "process.send([process.argv.length, require('node:net') !== undefined])");
const child = fork('forked.cjs');
const said = await new Promise(resolve => { child.once('message', resolve); child.once('exit', resolve); });
child.kill();
said"""
    assert kernel.ok(code).value == "[ 2, true ]"
