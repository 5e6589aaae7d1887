"""The loop of a runner in Python; serve.mjs says what the lines mean."""

import json
import sys
import time

import numpy as np

# Steps from the first weights whose losses are compared.
COMPARED = 20


def read_problem(file):
    """The problem as a dict: `dense` has the first weights of each layer, `x` (batches, rows, inputs), `y` (batches, rows)."""
    with open(file, encoding="utf8") as opened:
        problem = json.load(opened)
    shape = (problem["batches"], problem["rows"])
    numbers = np.fromfile(problem["data"], dtype=np.float32)
    count = problem["weights"]
    examples = shape[0] * shape[1] * problem["inputs"]
    problem["x"] = numbers[count : count + examples].reshape(*shape, problem["inputs"]).copy()
    problem["y"] = numbers[count + examples :].view(np.int32).reshape(shape).copy()
    at = 0
    problem["dense"] = []
    for layer in problem["layers"]:
        if layer["type"] == "dense":
            size = layer["inputs"] * layer["units"]
            weights = numbers[at : at + size].reshape(layer["inputs"], layer["units"])
            problem["dense"].append(weights.copy())
            at += size
    return problem


def serve(build):
    """`build(problem)` gives an object with `reset()` and `run(steps)`, which returns the losses of its steps."""
    made = None

    def timed(steps):
        began = time.perf_counter()
        losses = made.run(steps)
        return (time.perf_counter() - began) * 1000, losses

    for line in sys.stdin:
        [(key, value)] = json.loads(line).items()
        try:
            if key == "build":
                made = build(read_problem(value))
                made.reset()
                _, losses = timed(COMPARED)
                # Twice: what is compiled at the first calls must not count.
                ms, _ = timed(COMPARED)
                answer = {"losses": [float(loss) for loss in losses], "estimate": ms / COMPARED}
            else:
                made.reset()
                made.warm(value)
                answer = {"ms": timed(value)[0] / value}
        except Exception as error:  # the driver leaves this runner out, by name and reason
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
