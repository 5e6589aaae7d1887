"""Serves COCO's bbob functions: a line [[function, instance, dimension, [x, ...]], ...] is answered by a
line [regret, ...], how far each value lies above its function's optimum."""

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


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps([regret(*request) for request in json.loads(line)]), flush=True)
