"""A hundred megabytes of output: in order, with bounded memory, also for a reader who is slow."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import Kernel

MEGABYTES = 100
LINES = MEGABYTES * 1024


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(grandchild for child in children for grandchild in family(int(child)))]


def memory(pid: int) -> float:
    """What the kernel's processes hold together, in MB; shared pages are counted once."""
    total = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads memory from /proc")
@pytest.mark.parametrize("pause", [0, 4], ids=["a quick reader", "a reader who sleeps"])
def test_100_mb_of_output(kernel: Kernel, pause: int) -> None:
    pid = kernel.manager.provisioner.process.pid
    kernel.ok("1")
    before = memory(pid)
    peak = before
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, memory(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.monotonic()
    msg_id = kernel.client.execute(
        f"for (let i = 0; i < {LINES}; i++) {{ console.log(String(i).padEnd(1023)); }}"
    )
    time.sleep(pause)
    result = kernel.collect(msg_id)
    seconds = time.monotonic() - start
    done.set()
    watcher.join()
    numbers = [int(line) for line in result.text().split("\n")[:-1]]
    print(
        f"{MEGABYTES} MB in {seconds:.1f} s; memory {before:.0f} MB before, {peak:.0f} at most,"
        f" {len(numbers)} of {LINES} lines"
    )
    assert numbers == list(range(LINES))
    # Held back in full it would be more than 300: text in the one process, bytes in the other.
    assert peak < before + 300


def test_a_reader_who_is_gone_does_not_stop_the_kernel(kernel: Kernel) -> None:
    """The socket is subscribed and never read: after 10 s its messages are left out."""
    msg_id = kernel.client.execute(
        f"for (let i = 0; i < {3 * LINES}; i++) {{ console.log(String(i).padEnd(1023)); }}\n'through'"
    )
    reply = kernel.reply(msg_id)["content"]
    assert reply["status"] == "ok"
