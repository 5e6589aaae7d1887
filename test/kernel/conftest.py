"""What the tests of the kernel share: a kernel in an empty folder, and a way to run cells."""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

KERNEL = "tslab"
TIMEOUT = 60


def plain(text: str) -> str:
    """The text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@dataclass
class Result:
    """What came back for one execute request."""

    reply: dict[str, Any]
    outputs: list[dict[str, Any]] = field(default_factory=list)

    def of_type(self, msg_type: str) -> list[dict[str, Any]]:
        return [m["content"] for m in self.outputs if m["msg_type"] == msg_type]

    def text(self, name: str = "stdout") -> str:
        return "".join(c["text"] for c in self.of_type("stream") if c["name"] == name)

    @property
    def value(self) -> str:
        (result,) = self.of_type("execute_result")
        return result["data"]["text/plain"]

    @property
    def traceback(self) -> str:
        return plain("\n".join(self.reply["traceback"]))


class Kernel:
    """A running kernel with its client."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager = manager
        self.client = client

    def run(self, code: str, **options: Any) -> Result:
        return self.collect(self.client.execute(code, **options))

    def collect(self, msg_id: str) -> Result:
        """Gathers the outputs of a request until its idle, and its reply."""
        outputs = []
        deadline = time.monotonic() + TIMEOUT
        while True:
            message = self.client.get_iopub_msg(timeout=deadline - time.monotonic())
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["msg_type"] != "status":
                outputs.append(message)
            elif message["content"]["execution_state"] == "idle":
                return Result(self.reply(msg_id)["content"], outputs)

    def reply(self, msg_id: str) -> dict[str, Any]:
        while True:
            message = self.client.get_shell_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == msg_id:
                return message

    def ok(self, code: str) -> Result:
        result = self.run(code)
        assert result.reply["status"] == "ok", result.traceback
        return result


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel whose folder is empty, so that everything comes from tunelab's own installation."""
    manager, client = start_new_kernel(
        kernel_name=KERNEL, cwd=str(tmp_path_factory.mktemp("an empty folder"))
    )
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel()


@contextmanager
def logged_kernel(folder: Path) -> Iterator[tuple[Kernel, Path]]:
    """A kernel, and the file of its standard error, whole when the kernel has ended."""
    log = folder / "log"
    with log.open("w") as stderr:
        manager, client = start_new_kernel(kernel_name=KERNEL, cwd=str(folder), stderr=stderr)
        try:
            yield Kernel(manager, client), log
        finally:
            client.stop_channels()
            manager.shutdown_kernel()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    # An orphan that nobody has reaped yet has ended all the same.
    return not (stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z")
