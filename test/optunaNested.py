"""Optuna goes on with a study of nestedSpace.ts on a journal: `python optunaNested.py FILE STUDY TRIALS`. Prints their parameters, as JSON."""

import json
import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)
file, name, trials = sys.argv[1:]
study = optuna.load_study(
    study_name=name, storage=JournalStorage(JournalFileBackend(file)), sampler=optuna.samplers.RandomSampler(seed=1)
)
known = {}
for trial in study.trials:
    known.update(trial.distributions)


def objective(trial):
    def suggest(name):
        its = known[name]
        if isinstance(its, optuna.distributions.CategoricalDistribution):
            return trial.suggest_categorical(name, its.choices)
        ask = trial.suggest_int if isinstance(its, optuna.distributions.IntDistribution) else trial.suggest_float
        return ask(name, its.low, its.high, log=its.log)

    if suggest("optimizer.kind") == "adam":
        suggest("optimizer.beta1")
    rate = suggest("optimizer.learningRate")
    return rate + sum(suggest(f"units.{i}") for i in range(suggest("layers")))


before = len(study.trials)
study.optimize(objective, n_trials=int(trials))
print(json.dumps([trial.params for trial in study.trials if trial.number >= before or trial.number == 12]))
