"""Many trials at once from a notebook: imports of cells are carried over, variables are refused by name."""

from __future__ import annotations

from conftest import Kernel
from interrupts import interrupt

IMPORTS = """
import { caviar, study, scales, samplers, sequential, layers, fit, evaluate, optimizers, datasets } from 'tunelab';
import * as path from 'path';
const search = study({ space: { learningRate: scales.log(1e-3, 1e-1) }, sampler: samplers.random(), seed: 1 });
const data = datasets.digits();
const EPOCHS = 2;
"""

OBJECTIVE = """async ({ learningRate }, { seed, signal, context: { train, dev } }) => {
  const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64, seed });
  await fit(network, train, { optimizer: optimizers.adam({ learningRate }), epochs: 2, seed, signal });
  return evaluate(network, dev).error + path.join('a', 'b').length * 0;
}"""


def test_an_objective_of_a_cell_runs_in_threads_with_its_imports(kernel: Kernel) -> None:
    kernel.ok(IMPORTS)
    result = kernel.ok(
        f"await caviar(search, {OBJECTIVE}, {{ trials: 4, workers: 2, context: data }});\n"
        "search.trials.map(({ state, error }) => error ?? state).join()"
    )
    assert result.value == "'complete,complete,complete,complete'"


def test_variables_of_cells_are_refused_by_name(kernel: Kernel) -> None:
    kernel.ok(IMPORTS)
    result = kernel.run("await caviar(search, ({ learningRate }) => learningRate * EPOCHS, { trials: 1 });")
    assert result.reply["ename"] == "RangeError"
    assert "`EPOCHS`, defined outside of it" in result.traceback
    assert "{ context: { EPOCHS } }" in result.traceback
    # A name that is declared anew is no import any more.
    kernel.ok("const fit = 3;")
    result = kernel.run("await caviar(search, () => fit, { trials: 1 });")
    assert "`fit`, defined outside of it" in result.traceback


def test_an_interrupt_ends_threads_that_compute_without_pause(kernel: Kernel) -> None:
    kernel.ok(IMPORTS)
    code = "console.log('begun'); await caviar(search, () => { for (;;); }, { trials: 4, workers: 2 });"
    _, reply = interrupt(kernel, code)
    assert reply["status"] == "error"
    running = "search.trials.filter(({ state }) => state === 'running').length"
    assert kernel.ok(running).value == "0"
