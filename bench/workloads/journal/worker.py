"""`python worker.py FILE SEED`: answers `trials N` (makes so many) and `open FILE` (milliseconds until its trials are there)."""

from __future__ import annotations

import sys
import time
import warnings

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
file, seed = sys.argv[1:]
NAMES = [f"x{j}" for j in range(5)]


def step(study: optuna.Study) -> None:
    trial = study.ask()
    x = [trial.suggest_float(name, -5, 5) for name in NAMES]
    study.tell(trial, sum((value - 0.5 * j) ** 2 for j, value in enumerate(x)))


study = file and optuna.create_study(
    study_name="s",
    storage=JournalStorage(JournalFileBackend(file)),
    sampler=optuna.samplers.RandomSampler(seed=int(seed)),
    load_if_exists=True,
)
print("ready", flush=True)
for line in sys.stdin:
    what, rest = line.rstrip("\n").split(" ", 1)
    start = time.perf_counter()
    if what == "trials":
        for _ in range(int(rest)):
            step(study)
    else:
        opened = optuna.load_study(study_name="s", storage=JournalStorage(JournalFileBackend(rest)))
        assert len(opened.trials) == 10_000
    print((time.perf_counter() - start) * 1000, flush=True)
