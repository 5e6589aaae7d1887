"""Optuna's random search over networks of PyTorch on digits: one of several processes on one journal."""

import json
import sys

import numpy as np
import optuna
import torch
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from torch import nn

torch.set_num_threads(1)
optuna.logging.set_verbosity(optuna.logging.WARNING)
task = json.loads(sys.argv[1])


def read(part):
    x = np.fromfile(f"{task['folder']}/{part}X.bin", np.float32).reshape(-1, 64)
    y = np.fromfile(f"{task['folder']}/{part}Y.bin", np.int32)
    return torch.from_numpy(x), torch.from_numpy(y).long()


train_x, train_y = read("train")
dev_x, dev_y = read("dev")


def objective(trial):
    torch.manual_seed(trial.number)
    units = task["units"]
    model = nn.Sequential(nn.Linear(64, units), nn.BatchNorm1d(units), nn.ReLU(), nn.Linear(units, 10))
    rate = trial.suggest_float("learningRate", 1e-4, 1, log=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate, fused=True)
    measure = nn.CrossEntropyLoss()
    for _ in range(task["epochs"]):
        for rows in torch.randperm(len(train_x)).split(task["batchSize"]):
            optimizer.zero_grad(set_to_none=True)
            measure(model(train_x[rows]), train_y[rows]).backward()
            optimizer.step()
    model.eval()
    with torch.no_grad():
        return (model(dev_x).argmax(1) != dev_y).float().mean().item()


storage = JournalStorage(JournalFileBackend(task["log"]))
study = optuna.create_study(
    study_name="digits", storage=storage, load_if_exists=True, sampler=optuna.samplers.RandomSampler()
)
objective(optuna.trial.FixedTrial({"learningRate": 0.01}))
print("ready", flush=True)
sys.stdin.readline()
study.optimize(objective, n_trials=task["trials"])
print("done", flush=True)
