"""Serves COCO's bbob functions: a line [[function, instance, dimension, [x, ...]], ...] is answered by a
line [regret, ...], how far each value lies above its function's optimum; for x = null where the optimum lies."""

from __future__ import annotations

import json
import sys
from functools import cache

import cocoex


@cache
def problem(function: int, instance: int, dimension: int) -> tuple[cocoex.BareProblem, float]:
    found = cocoex.BareProblem("bbob", function, dimension, instance)
    return found, found.best_value()


def regret(function: int, instance: int, dimension: int, x: list[float]) -> float:
    f, best = problem(function, instance, dimension)
    return f(x) - best


def answer(function: int, instance: int, dimension: int, x: list[float] | None) -> float | list[float]:
    if x is None:
        return list(problem(function, instance, dimension)[0].best_parameter())
    return regret(function, instance, dimension, x)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps([answer(*request) for request in json.loads(line)]), flush=True)
