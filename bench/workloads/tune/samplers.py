"""Optuna's samplers as the measurements use them, by the names of bench/data/bbob-peers.jsonl."""

from __future__ import annotations

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "sobol": lambda seed: optuna.samplers.QMCSampler(seed=seed, scramble=True),
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    # Learns from each set of hyperparameters that exist together: made for conditional spaces.
    "tpeGroup": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "cma": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
}
