"""Measures kernels beside each other: the part of the workload `kernel` that speaks Jupyter's protocol.

Takes the path of a JSON file: {"kernels": [{"name", "spec", "language"}], "folder", "rounds": {...}}.
Writes one JSON document to standard output and a line of progress per part to standard error.

All kernels that are compared take turns at every single request, so that a slow minute of the
machine is a slow minute of all of them.
"""

from __future__ import annotations

import json
import queue
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Callable

import psutil
import zmq
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

TIMEOUT = 120
# A client asks again this soon while the kernel's ports are closed. The default of 100 ms would
# round every start up to the next tenth of a second.
RECONNECT_MS = 2

HOST = "(globalThis as any)[Symbol.for('tunelab.kernel')]"

TYPESCRIPT = {
    "sum": "1+{0}",
    "setup": "import * as tslab from 'tslab'; let wide = {{ alpha: 1, beta: 2 }};",
    "complete": "Math.sq",
    "inspect": "Math.sqrt",
    "declare": "let value_{0} = {1};",
    "display": "tslab.display.text('shown {0}')",
    "burst": "tslab.display.text('{0}')",
    "import": "import * as tunelab from 'tunelab';",
    # The cells that echo what comes on a comm: at rest, while a cell awaits, and while one computes
    # in steps of 5 ms, between which it lets messages in as the library's own loops do.
    "echo": HOST + ".registerTarget('echo', (comm: any) => {{ comm.onMessage = (m: any) => comm.send(m.data); }})",
    "await": "await new Promise(resolve => setTimeout(resolve, {0}));",
    "compute": """const until_{1} = Date.now() + {0};
while (Date.now() < until_{1}) {{
  for (const step = Date.now() + 5; Date.now() < step; ) {{ Math.sqrt(step); }}
  await new Promise<void>(resolve => setImmediate(resolve));
}}""",
}
PYTHON = {
    "sum": "1+{0}",
    "setup": "import math, asyncio; from IPython.display import display",
    "complete": "math.sq",
    "inspect": "math.sqrt",
    "declare": "value_{0} = {1}",
    "display": "display({{'text/plain': 'shown {0}'}}, raw=True)",
    "burst": "display({{'text/plain': '{0}'}}, raw=True)",
    "import": "import torch",
    "echo": """def opened(comm, message):
    comm.on_msg(lambda m: comm.send(m['content']['data']))
get_ipython().kernel.comm_manager.register_target('echo', opened)""",
}
CODE = {"typescript": TYPESCRIPT, "python": PYTHON}


class Kernel:
    """A running kernel, its client, and the code of its language."""

    def __init__(self, spec: str, language: str, folder: str) -> None:
        self.code = CODE[language]
        context = zmq.Context()
        context.setsockopt(zmq.RECONNECT_IVL, RECONNECT_MS)
        # By default a socket drops what exceeds 1,000 waiting messages: losses of the client's own.
        context.setsockopt(zmq.RCVHWM, 0)
        context.setsockopt(zmq.SNDHWM, 0)
        self.manager = KernelManager(kernel_name=spec, context=context)
        self.began = time.perf_counter()
        self.manager.start_kernel(cwd=folder)
        self.client: BlockingKernelClient = self.manager.blocking_client()
        self.client.start_channels()

    def first_reply(self) -> float:
        """Milliseconds from the start of the process to the first reply of all."""
        msg_id = self.client.kernel_info()
        self.reply(msg_id)
        return since(self.began)

    def first_cell(self) -> float:
        """Milliseconds from the start of the process to the reply of the first cell."""
        self.reply(self.client.execute(self.code["sum"].format(0)))
        return since(self.began)

    def hear(self) -> None:
        """Waits until outputs are heard: what a kernel says before we have subscribed is lost."""
        while True:
            msg_id = self.client.kernel_info()
            self.reply(msg_id)
            try:
                while True:
                    message = self.client.get_iopub_msg(timeout=0.3)
                    if message["parent_header"].get("msg_id") == msg_id and is_idle(message):
                        return
            except queue.Empty:
                continue

    def reply(self, msg_id: str) -> dict[str, Any]:
        while True:
            message = self.client.get_shell_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]

    def iopub(self, msg_id: str, accept: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == msg_id and accept(message):
                return message

    def finish(self, msg_id: str) -> None:
        content = self.reply(msg_id)
        self.iopub(msg_id, is_idle)
        if content["status"] != "ok":
            raise RuntimeError(f"{content.get('ename')}: {content.get('evalue')}")

    def run(self, key: str, *values: Any) -> float:
        """Milliseconds until a cell of the language's table has replied and is idle."""
        return self.run_code(self.code[key].format(*values))

    def run_code(self, code: str) -> float:
        start = time.perf_counter()
        self.finish(self.client.execute(code))
        return since(start)

    def ask(self, method: Callable[..., str], code: str) -> float:
        start = time.perf_counter()
        content = self.reply(method(code, len(code)))
        found = content.get("matches") or content.get("found")
        if not found:
            raise RuntimeError(f"no answer for {code}: {content}")
        return since(start)

    def displayed(self, number: int) -> float:
        start = time.perf_counter()
        msg_id = self.client.execute(self.code["display"].format(number))
        self.iopub(msg_id, lambda m: m["msg_type"] == "display_data")
        took = since(start)
        self.finish(msg_id)
        return took

    def send_comm(self, msg_type: str, **content: Any) -> str:
        message = self.client.session.msg(msg_type, {"comm_id": "bench", "data": {}, **content})
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def ping(self, number: int, timeout: float = TIMEOUT) -> float:
        """Milliseconds until the echo of a comm message comes back."""
        start = time.perf_counter()
        self.send_comm("comm_msg", data={"ping": number})
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if (
                message["msg_type"] == "comm_msg"
                and message["content"]["data"].get("ping") == number
            ):
                return since(start)

    def memory(self) -> dict[str, float]:
        """MB of the kernel's process and all below it. Resident counts what they share each time;
        proportional, which only Linux tells, counts it once."""
        process = psutil.Process(self.manager.provisioner.process.pid)
        family = [process, *process.children(recursive=True)]
        found = [member.memory_full_info() for member in family]
        sums = {"resident": sum(each.rss for each in found)}
        if all(hasattr(each, "pss") for each in found):
            sums["proportional"] = sum(each.pss for each in found)
        return {name: size / 2**20 for name, size in sums.items()}

    def end(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.context.term()


def is_idle(message: dict[str, Any]) -> bool:
    return (
        message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
    )


def since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Bench:
    def __init__(self, settings: dict[str, Any]) -> None:
        self.kernels: list[dict[str, str]] = settings["kernels"]
        self.folder: str = settings["folder"]
        self.rounds: dict[str, int] = settings["rounds"]
        self.samples: dict[str, dict[str, list[float]]] = {}
        self.notes: list[str] = []

    def add(self, measure: str, kernel: str, value: float) -> None:
        self.samples.setdefault(measure, {}).setdefault(kernel, []).append(value)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)
            say(f"  {text}")

    def attempt(self, measure: str, name: str, take: Callable[[], float]) -> None:
        """A peer that cannot do something is noted, and the others are still measured."""
        try:
            self.add(measure, name, take())
        except (RuntimeError, queue.Empty) as error:
            reason = (str(error).splitlines() or ["no answer"])[0]
            self.note(f"{name}: {measure}: {reason}")

    def start(self, kernel: dict[str, str]) -> Kernel:
        return Kernel(kernel["spec"], kernel["language"], self.folder)

    def starts(self) -> None:
        """Fresh kernels, one at a time: times from the process's start, memory, first import."""
        for number in range(self.rounds["starts"] + 1):
            for kernel in turned(self.kernels, number):
                name = kernel["name"]
                running = self.start(kernel)
                try:
                    first = running.first_reply()
                    first_cell = running.first_cell()
                    running.hear()
                    time.sleep(1)
                    memory = running.memory()
                    # The first round fills the caches of files and of compiled code for everybody.
                    if number == 0:
                        continue
                    self.add("start to first reply", name, first)
                    self.add("start to first cell done", name, first_cell)
                    for kind, size in memory.items():
                        self.add(f"memory when idle, {kind} (MB)", name, size)
                    if kernel["language"] == "python" and not find_spec("torch"):
                        self.note("ipykernel: import of torch: not installed in this environment")
                    else:
                        self.attempt(
                            "first import", name, lambda running=running: running.run("import")
                        )
                finally:
                    running.end()

    def requests(self, running: dict[str, Kernel]) -> None:
        """Small requests to kernels that all run, taking turns."""
        for kernel in running.values():
            kernel.run("setup")
        for number in range(self.rounds["requests"] + 5):
            for name, kernel in turned(list(running.items()), number):
                took = {
                    "1+1": kernel.run("sum", number),
                    "completion": kernel.ask(kernel.client.complete, kernel.code["complete"]),
                    "inspection": kernel.ask(kernel.client.inspect, kernel.code["inspect"]),
                    "display round trip": kernel.displayed(number),
                }
                if number >= 5:
                    for measure, value in took.items():
                        self.add(measure, name, value)

    def declarations(self, running: dict[str, Kernel]) -> None:
        for number in range(self.rounds["declarations"] + 1):
            for name, kernel in turned(list(running.items()), number):
                lines = [kernel.code["declare"].format(i, i + number) for i in range(200)]
                took = kernel.run_code("\n".join(lines))
                if number > 0:
                    self.add("200 declarations", name, took)

    def comms(self, running: dict[str, Kernel]) -> None:
        able = []
        for name, kernel in running.items():
            try:
                kernel.run("echo")
                opened = kernel.send_comm("comm_open", target_name="echo")
                kernel.iopub(opened, is_idle)
                kernel.ping(-1, timeout=5)
                able.append((name, kernel))
            except (RuntimeError, queue.Empty):
                self.note(f"{name}: comms: not answered")
        for number in range(self.rounds["pings"]):
            for name, kernel in turned(able, number):
                self.add("comm round trip, idle", name, kernel.ping(number))
        for name, kernel in able:
            for measure, key in [
                ("comm round trip, a cell awaits", "await"),
                ("comm round trip, a cell computes", "compute"),
            ]:
                if key not in kernel.code:
                    self.note(f"{name}: {measure}: messages wait for the cell's end")
                    continue
                lasts = 4000
                msg_id = kernel.client.execute(kernel.code[key].format(lasts, key))
                time.sleep(0.2)
                deadline = time.perf_counter() + lasts / 1000 - 1
                for number in range(self.rounds["pings"]):
                    if time.perf_counter() > deadline:
                        break
                    self.add(measure, name, kernel.ping(number))
                kernel.finish(msg_id)

    def burst(self, running: dict[str, Kernel]) -> None:
        """1,000 executes with a display each, sent without waiting; what is missing is counted."""
        for number in range(self.rounds["bursts"]):
            for name, kernel in turned(list(running.items()), number):
                count = self.rounds["burst"]
                start = time.perf_counter()
                sent = [
                    kernel.client.execute(kernel.code["burst"].format(i)) for i in range(count)
                ]
                found = collect(kernel.client, set(sent))
                took = since(start)
                lost = 3 * count - found
                self.add(f"burst of {count}", name, took)
                self.add("messages lost in a burst", name, lost)

    def run(self) -> dict[str, Any]:
        say("kernels: starts")
        self.starts()
        running = {kernel["name"]: self.start(kernel) for kernel in self.kernels}
        try:
            for kernel in running.values():
                kernel.first_reply()
                kernel.hear()
            for part in (self.requests, self.declarations, self.comms, self.burst):
                say(f"kernels: {part.__name__}")
                part(running)
        finally:
            for kernel in running.values():
                kernel.end()
        return {"samples": self.samples, "notes": self.notes}


def collect(client: BlockingKernelClient, sent: set[str]) -> int:
    """Counts replies, displays and idles until all have come, or none has for five seconds."""
    poller = zmq.Poller()
    for channel in (client.shell_channel, client.iopub_channel):
        poller.register(zmq.Socket.shadow(channel.socket), zmq.POLLIN)
    found = 0
    while found < 3 * len(sent):
        ready = poller.poll(5000)
        if not ready:
            break
        for socket, _ in ready:
            _, parts = client.session.feed_identities(socket.recv_multipart(copy=True))
            message = client.session.deserialize(parts)
            wanted = (
                message["msg_type"] in ("execute_reply", "display_data") or is_idle(message)
            )
            if wanted and message["parent_header"].get("msg_id") in sent:
                found += 1
    return found


def turned(items: list[Any], number: int) -> list[Any]:
    """The items, beginning with another one each time."""
    start = number % max(1, len(items))
    return items[start:] + items[:start]


if __name__ == "__main__":
    print(json.dumps(Bench(json.loads(Path(sys.argv[1]).read_text("utf-8"))).run()))
