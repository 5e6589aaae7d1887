"""A worker of Optuna's on a journal: `python optunaWorker.py FILE STUDY TRIALS SEED`. Prints the numbers of its trials."""

import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)
file, name, trials, seed = sys.argv[1:]


def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    n = trial.suggest_categorical("n", ["a", "b"])
    trial.set_user_attr("made by", "python")
    trial.report(float("nan"), 0)
    return x + (n == "a")


storage = JournalStorage(JournalFileBackend(file))
study = optuna.load_study(study_name=name, storage=storage, sampler=optuna.samplers.RandomSampler(seed=int(seed)))
study.optimize(objective, n_trials=int(trials), callbacks=[lambda _, trial: print(trial.number, flush=True)])
