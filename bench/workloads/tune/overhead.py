"""Optuna's milliseconds for ask + 5 floats + tell in memory, when asked over standard input.

A line {"sampler": ..., "n": ..., "count": ...} makes a study of n trials unless there is one, and is answered by a
line with the milliseconds per trial of `count` more."""

from __future__ import annotations

import json
import random
import sys
import time
import tracemalloc

import optuna
from samplers import SAMPLERS

NAMES = [f"x{j}" for j in range(5)]


def loss(x: list[float]) -> float:
    return sum((value - 0.5 * j) ** 2 for j, value in enumerate(x))


def step(study: optuna.Study) -> None:
    trial = study.ask()
    study.tell(trial, loss([trial.suggest_float(name, -5, 5) for name in NAMES]))


def filled(sampler: str, n: int) -> optuna.Study:
    study = optuna.create_study(sampler=SAMPLERS[sampler](0))
    if sampler in ("random", "cma"):
        # CMA-ES keeps its state in its own trials: they must be asked for.
        for _ in range(n):
            step(study)
        return study
    # What a study of TPE's or the GP's own trials looks like does not matter to their cost.
    rng = random.Random(0)
    distribution = optuna.distributions.FloatDistribution(-5, 5)
    for _ in range(n):
        x = [rng.uniform(-5, 5) for _ in NAMES]
        study.add_trial(
            optuna.trial.create_trial(
                params=dict(zip(NAMES, x)),
                distributions={name: distribution for name in NAMES},
                value=loss(x),
            )
        )
    return study


def memory(n: int) -> float:
    """Bytes a trial."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    study = filled("random", n)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / len(study.trials)


if __name__ == "__main__":
    studies: dict[tuple[str, int], optuna.Study] = {}
    for line in sys.stdin:
        request = json.loads(line)
        sampler, n = request["sampler"], request["n"]
        if sampler == "memory":
            print(memory(n), flush=True)
            continue
        key = (sampler, n)
        if key not in studies:
            studies[key] = filled(sampler, n)
        start = time.perf_counter()
        for _ in range(request["count"]):
            step(studies[key])
        print((time.perf_counter() - start) * 1000 / request["count"], flush=True)
