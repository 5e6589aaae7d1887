"""PyTorch: `eager` or `compiled`, and the number of threads."""

import sys

import torch
from serve import serve
from torch import nn

MODE, THREADS = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(THREADS)
ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid}


def network(problem):
    layers = []
    for layer in problem["layers"]:
        if layer["type"] == "dense":
            layers.append(nn.Linear(layer["inputs"], layer["units"], bias=layer["bias"]))
        elif layer["type"] == "batchNorm":
            layers.append(
                nn.BatchNorm1d(layer["units"], eps=layer["epsilon"], momentum=1 - layer["decay"])
            )
        else:
            layers.append(ACTIVATIONS[layer["type"]]())
    return nn.Sequential(*layers)


class Run:
    def __init__(self, problem):
        self.problem = problem
        self.x = [torch.from_numpy(x) for x in problem["x"]]
        self.y = [torch.from_numpy(y).long() for y in problem["y"]]
        self.model = network(problem)
        measure = nn.CrossEntropyLoss()

        def loss(x, y):
            return measure(self.model(x), y)

        self.loss = torch.compile(loss) if MODE == "compiled" else loss

    def reset(self):
        """First weights, and an optimizer that has done nothing. Fused: its fastest form on a CPU."""
        with torch.no_grad():
            linear = [layer for layer in self.model if isinstance(layer, nn.Linear)]
            for layer, weights in zip(linear, self.problem["dense"]):
                layer.weight.copy_(torch.from_numpy(weights.T))
                if layer.bias is not None:
                    layer.bias.zero_()
            for layer in self.model:
                if isinstance(layer, nn.BatchNorm1d):
                    layer.reset_running_stats()
                    layer.weight.fill_(1)
                    layer.bias.zero_()
        rule = self.problem["optimizer"]
        parameters = self.model.parameters()
        if rule["type"] == "adam":
            betas = (rule["beta1"], rule["beta2"])
            self.optimizer = torch.optim.Adam(
                parameters, lr=rule["learningRate"], betas=betas, eps=rule["epsilon"], fused=True
            )
        else:
            self.optimizer = torch.optim.SGD(parameters, lr=rule["learningRate"], fused=True)
        self.at = 0

    def warm(self, steps):
        self.run(max(1, round(steps / 10)))

    def run(self, steps):
        losses = []
        for _ in range(steps):
            i = self.at % len(self.x)
            self.at += 1
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss(self.x[i], self.y[i])
            loss.backward()
            self.optimizer.step()
            losses.append(loss.detach())
        return losses


serve(Run)
