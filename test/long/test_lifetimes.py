"""Fifty starts and stops: no process, port or file is left."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

import pytest
from conftest import KERNEL, Kernel, is_running
from jupyter_client.manager import start_new_kernel
from jupyter_core.paths import jupyter_runtime_dir

TIMES = 50


def files() -> set[Path]:
    folders = [Path(jupyter_runtime_dir())]
    return {path for folder in folders if folder.exists() for path in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="looks up processes the POSIX way")
def test_nothing_is_left_of_fifty_kernels(tmp_path: Path) -> None:
    before = files()
    times = []
    for i in range(TIMES):
        start = time.monotonic()
        manager, client = start_new_kernel(kernel_name=KERNEL, cwd=str(tmp_path))
        times.append(time.monotonic() - start)
        kernel = Kernel(manager, client)
        pids = [manager.provisioner.process.pid, int(kernel.ok("process.pid").value)]
        ports = [manager.shell_port, manager.iopub_port, manager.hb_port]
        client.stop_channels()
        # Every third one is killed without a word.
        manager.shutdown_kernel(now=i % 3 == 2)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and any(map(is_running, pids)):
            time.sleep(0.02)
        assert not any(map(is_running, pids))
        for port in ports:
            with socket.socket() as free:
                free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                free.bind(("127.0.0.1", port))
    assert files() - before == set()
    assert list(tmp_path.iterdir()) == []
    times.sort()
    print(f"{TIMES} starts: median {times[TIMES // 2] * 1000:.0f} ms, longest {times[-1] * 1000:.0f}")
