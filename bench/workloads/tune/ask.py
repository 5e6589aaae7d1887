"""Asks Optuna's samplers in a space that comes as data (spaces.mjs), by its define-by-run interface.

A line {"open": id, "sampler": ..., "seed": ..., "space": [...]} begins a study, {"next": id, "value": ...} tells the
value of its last configuration (null before the first) and {"close": id} ends it. Each is answered by a line: the next
configuration, or null at the end."""

from __future__ import annotations

import json
import sys

import optuna
from samplers import SAMPLERS


def exists(condition: dict | None, config: dict) -> bool:
    if condition is None:
        return True
    value = config.get(condition["name"])
    return value in condition["among"]


def suggest(trial: optuna.Trial, axis: dict) -> float | int | str | bool:
    name, kind = axis["name"], axis["kind"]
    if kind == "choice":
        return trial.suggest_categorical(name, axis["values"])
    low, high = axis["low"], axis["high"]
    if kind == "integer":
        return trial.suggest_int(name, low, high)
    if kind == "quantized":
        return trial.suggest_float(name, low, high, step=axis["step"])
    if kind == "oneMinusLog":
        # Optuna has no such scale: its users search 1 - beta on a log scale.
        return 1 - trial.suggest_float(name, 1 - high, 1 - low, log=True)
    return trial.suggest_float(name, low, high, log=kind == "log")


def ask(study: optuna.Study, space: list[dict]) -> tuple[optuna.Trial, dict]:
    trial = study.ask()
    config: dict = {}
    for axis in space:
        if exists(axis.get("when"), config):
            config[axis["name"]] = suggest(trial, axis)
    return trial, config


if __name__ == "__main__":
    studies: dict[int, tuple[optuna.Study, list[dict]]] = {}
    running: dict[int, optuna.Trial] = {}
    for line in sys.stdin:
        request = json.loads(line)
        if "close" in request:
            studies.pop(request["close"], None)
            running.pop(request["close"], None)
            print("null", flush=True)
            continue
        if "open" in request:
            sampler = SAMPLERS[request["sampler"]](request["seed"])
            key = request["open"]
            studies[key] = optuna.create_study(sampler=sampler), request["space"]
        else:
            key = request["next"]
            studies[key][0].tell(running[key], request["value"])
        running[key], config = ask(*studies[key])
        print(json.dumps(config), flush=True)
