"""scikit-learn's MLPClassifier, where it can do the same: it has no batch norm, which leaves softmax regression."""

import numpy as np
from serve import serve
from sklearn.neural_network import MLPClassifier


class Run:
    def __init__(self, problem):
        if any(layer["type"] == "batchNorm" for layer in problem["layers"]):
            raise ValueError("MLPClassifier has no batch norm")
        self.problem = problem

    def reset(self):
        problem = self.problem
        self.model = MLPClassifier(
            hidden_layer_sizes=(),
            solver="sgd",
            learning_rate_init=problem["optimizer"]["learningRate"],
            momentum=0,
            nesterovs_momentum=False,
            alpha=0,
            batch_size=problem["rows"],
            shuffle=False,
        )
        # Its first call makes the weights; ours take their place, with an optimizer that has done nothing.
        classes = np.arange(problem["classes"])
        self.model.partial_fit(problem["x"][0], problem["y"][0], classes=classes)
        self.model.coefs_[0][:] = problem["dense"][0]
        self.model.intercepts_[0][:] = 0
        self.at = 0

    def warm(self, steps):
        self.run(max(1, round(steps / 10)))

    def run(self, steps):
        losses = []
        for _ in range(steps):
            i = self.at % self.problem["batches"]
            self.at += 1
            self.model.partial_fit(self.problem["x"][i], self.problem["y"][i])
            losses.append(self.model.loss_)
        return losses


serve(Run)
