"""Twenty times a thousand cells at once, each with output and a display: all there, in order."""

import time

from conftest import Kernel

ROUNDS, CELLS = 20, 1000
HOST = "const host = (globalThis as any)[Symbol.for('tunelab.kernel')];"


def test_nothing_is_lost_in_20_bursts_of_1000_cells(kernel: Kernel) -> None:
    kernel.ok(HOST)
    for round_ in range(ROUNDS):
        start = time.monotonic()
        ids = [
            kernel.client.execute(
                f"console.log('out {i}'); host.display({{ 'text/plain': 'shown {i}' }}); {i}"
            )
            for i in range(CELLS)
        ]
        seen = {msg_id: [] for msg_id in ids}
        order = []
        while len(order) < CELLS:
            message = kernel.client.get_iopub_msg(timeout=60)
            msg_id, content = message["parent_header"].get("msg_id"), message["content"]
            if msg_id not in seen:
                continue
            if content.get("execution_state") == "idle":
                order.append(msg_id)
            seen[msg_id].append(
                content.get("execution_state")
                or content.get("text")
                or (content["data"]["text/plain"] if "data" in content else content["code"])
            )
        assert order == ids
        for i, msg_id in enumerate(ids):
            code = f"console.log('out {i}'); host.display({{ 'text/plain': 'shown {i}' }}); {i}"
            expected = ["busy", code, f"out {i}\n", f"shown {i}", str(i), "idle"]
            assert seen[msg_id] == expected
            reply = kernel.client.get_shell_msg(timeout=60)
            assert reply["parent_header"]["msg_id"] == msg_id
            assert reply["content"]["status"] == "ok"
        print(f"burst {round_ + 1}: {CELLS} cells in {time.monotonic() - start:.1f} s, 0 lost")
