// tunelab on the Node that runs this: `node tunelab.mjs <variant> <threads>`.
import { batch, serve } from './serve.mjs';
import { build, programOf } from './tunelabNetwork.mjs';

const [variant, threads] = [process.argv[2], Number(process.argv[3])];

await serve({
  build(problem) {
    let made;
    let at;
    const batches = Array.from({ length: problem.batches }, (_, i) => batch(problem, i));
    return {
      reset() {
        made = build(problem, { variant, ...(threads > 1 ? { threads } : {}) });
        at = 0;
      },
      run(steps) {
        const { network, optimizer } = made;
        const program = programOf(network);
        const losses = new Float64Array(steps);
        for (let i = 0; i < steps; i++, at++) {
          const [x, y] = batches[at % batches.length];
          losses[i] = program.step(x, y, problem.rows, optimizer).loss;
        }
        return Array.from(losses);
      }
    };
  }
});
