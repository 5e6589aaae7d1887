"""Runs solvers that call their function themselves on COCO's bbob: pycma's lq-CMA-ES and scipy's COBYQA.

A line {"solver": ..., "function": ..., "instance": ..., "dimension": ..., "seed": ..., "budget": ...} is answered by
the trace [[evaluation, best regret], ...] at every improvement. Both are begun anew, elsewhere, as often as the budget
allows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import cma
import numpy as np
from coco import regret
from scipy.optimize import minimize

Function = Callable[[np.ndarray], float]


class BudgetSpent(Exception):
    pass


def cobyqa(f: Function, dimension: int, budget: int, rng: np.random.Generator) -> None:
    while True:
        minimize(
            f,
            rng.uniform(-4, 4, dimension),
            method="COBYQA",
            bounds=[(-5, 5)] * dimension,
            options={"initial_tr_radius": 2.0, "maxfev": budget},
        )


def lq_cma(f: Function, dimension: int, budget: int, rng: np.random.Generator) -> None:
    while True:
        seed = int(rng.integers(1, 2**31))
        options = {"bounds": [-5, 5], "maxfevals": budget, "seed": seed, "verbose": -9}
        cma.fmin_lq_surr2(f, rng.uniform(-4, 4, dimension), 2.0, options)


SOLVERS = {"cobyqa": cobyqa, "pycma-lq": lq_cma}


def trace(
    solver: str, function: int, instance: int, dimension: int, seed: int, budget: int
) -> list[tuple[int, float]]:
    found: list[tuple[int, float]] = []
    evaluations = 0

    def f(x: np.ndarray) -> float:
        nonlocal evaluations
        if evaluations >= budget:
            raise BudgetSpent
        evaluations += 1
        value = regret(function, instance, dimension, list(x))
        if not found or value < found[-1][1]:
            found.append((evaluations, value))
        return value

    try:
        SOLVERS[solver](f, dimension, budget, np.random.default_rng(seed))
    except BudgetSpent:
        pass
    return found


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(trace(**json.loads(line))), flush=True)
