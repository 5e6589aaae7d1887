"""Trains one network of bench's `accuracy` by PyTorch on the examples that tunelab's runner wrote, on one thread."""

import json
import math
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)


def train(task):
    files, units, settings = task["files"], task["units"], task["settings"]
    read = {name: np.fromfile(file, np.int32 if name.endswith("Y") else np.float32) for name, file in files.items()}
    x, test_x = (torch.from_numpy(read[name].reshape(-1, units[0])) for name in ("trainX", "testX"))
    y, test_y = (torch.from_numpy(read[name]).long() for name in ("trainY", "testY"))
    torch.manual_seed(task["seed"])
    layers = []
    for before, after in zip(units[:-2], units[1:-1]):
        layers += [nn.Linear(before, after, bias=False), nn.BatchNorm1d(after), nn.ReLU()]
    model = nn.Sequential(*layers, nn.Linear(units[-2], units[-1]))
    measure = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=settings["learningRate"], fused=True)
    size = settings["batchSize"]
    steps, step = settings["epochs"] * math.ceil(len(x) / size), 0
    began = time.perf_counter()
    for _ in range(settings["epochs"]):
        for rows in torch.randperm(len(x)).split(size):
            if settings["decay"] == "cosine":
                share = 0.5 * (1 + math.cos(math.pi * step / steps))
                optimizer.param_groups[0]["lr"] = settings["learningRate"] * share
            step += 1
            # PyTorch cannot learn from a single row; tunelab joins it to the batch before.
            if len(rows) > 1:
                optimizer.zero_grad(set_to_none=True)
                measure(model(x[rows]), y[rows]).backward()
                optimizer.step()
    ms = (time.perf_counter() - began) * 1000
    model.eval()
    with torch.no_grad():
        accuracy = (model(test_x).argmax(1) == test_y).float().mean().item()
    return {"accuracy": accuracy, "ms": ms}


for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = train(question["train"]) if "train" in question else {}
    except Exception as error:  # the driver says so by name
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
