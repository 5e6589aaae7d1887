"""JAX: `step`, jitted and called from Python, or `scan`, the whole run in one call."""

import sys

import jax
import jax.numpy as jnp
from serve import serve

MODE = sys.argv[1]


def initial(problem):
    """Learned numbers, running averages, and Adam's moments, each a list with an entry a layer."""
    learned, averages, dense = [], [], iter(problem["dense"])
    for layer in problem["layers"]:
        if layer["type"] == "dense":
            weights = jnp.asarray(next(dense))
            bias = {"bias": jnp.zeros(layer["units"])} if layer["bias"] else {}
            learned.append({"weights": weights, **bias})
            averages.append({})
        elif layer["type"] == "batchNorm":
            units = layer["units"]
            learned.append({"gamma": jnp.ones(units), "beta": jnp.zeros(units)})
            averages.append({"mean": jnp.zeros(units), "variance": jnp.ones(units)})
        else:
            learned.append({})
            averages.append({})
    zeros = jax.tree.map(jnp.zeros_like, learned)
    moments = (zeros, zeros, jnp.float32(0)) if problem["optimizer"]["type"] == "adam" else ()
    # Copies, so that a step may overwrite what it was given.
    return jax.tree.map(jnp.copy, (learned, averages, moments))


def make_step(problem):
    rule = problem["optimizer"]

    def loss(learned, averages, x, y):
        after = []
        for layer, p, a in zip(problem["layers"], learned, averages):
            if layer["type"] == "dense":
                x = x @ p["weights"] + (p["bias"] if layer["bias"] else 0)
            elif layer["type"] == "batchNorm":
                mean, variance = x.mean(0), x.var(0)
                x = (x - mean) * jax.lax.rsqrt(variance + layer["epsilon"]) * p["gamma"] + p["beta"]
                d, rows = layer["decay"], x.shape[0]
                a = {
                    "mean": d * a["mean"] + (1 - d) * mean,
                    "variance": d * a["variance"] + (1 - d) * variance * (rows / (rows - 1)),
                }
            else:
                x = jax.nn.relu(x) if layer["type"] == "relu" else jax.nn.sigmoid(x)
            after.append(a)
        chosen = jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], axis=1)
        return -chosen.mean(), after

    def step(state, x, y):
        learned, averages, moments = state
        (value, averages), gradients = jax.value_and_grad(loss, has_aux=True)(
            learned, averages, x, y
        )
        alpha = rule["learningRate"]
        if rule["type"] != "adam":
            learned = jax.tree.map(lambda p, g: p - alpha * g, learned, gradients)
            return (learned, averages, moments), value
        first, second, t = moments
        b1, b2, t = rule["beta1"], rule["beta2"], t + 1
        first = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, first, gradients)
        second = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g * g, second, gradients)
        c1, c2 = 1 - b1**t, 1 - b2**t
        learned = jax.tree.map(
            lambda p, m, v: p - alpha * (m / c1) / (jnp.sqrt(v / c2) + rule["epsilon"]),
            learned,
            first,
            second,
        )
        return (learned, averages, (first, second, t)), value

    return step


class Run:
    def __init__(self, problem):
        self.problem = problem
        step = make_step(problem)
        xs, ys = jnp.asarray(problem["x"]), jnp.asarray(problem["y"])
        self.x, self.y = list(xs), list(ys)
        self.step = jax.jit(step, donate_argnums=0)
        self.scan = jax.jit(
            lambda state, order, xs, ys: jax.lax.scan(
                lambda state, i: step(state, xs[i], ys[i]), state, order
            ),
            donate_argnums=0,
        )
        self.all = (xs, ys)

    def reset(self):
        self.state = initial(self.problem)
        self.at = 0

    def warm(self, steps):
        """The scan is compiled for its number of steps, so the same is run once before."""
        self.run(steps if MODE == "scan" else max(1, round(steps / 10)))

    def run(self, steps):
        count = len(self.x)
        order = [(self.at + i) % count for i in range(steps)]
        self.at += steps
        if MODE == "scan":
            self.state, losses = self.scan(self.state, jnp.asarray(order), *self.all)
        else:
            losses = []
            for i in order:
                self.state, loss = self.step(self.state, self.x[i], self.y[i])
                losses.append(loss)
        jax.block_until_ready((self.state, losses))
        return losses


serve(Run)
