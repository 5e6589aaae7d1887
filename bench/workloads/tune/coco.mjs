// COCO's bbob functions for Node: coco.py evaluates them, a batch of everything that is waiting at a time.
import { startBridge } from './bridge.mjs';

/**
 * Starts the server; `regret(function, instance, dimension, x)` is how far f(x) lies above the optimum,
 * `optimum(function, instance, dimension)` where that lies.
 */
export function startCoco() {
  const server = startBridge('coco.py');
  let waiting = [];
  function flush() {
    const sent = waiting;
    waiting = [];
    server.ask(sent.map(({ request }) => request)).then(
      answers => sent.forEach(({ resolve }, i) => resolve(answers[i])),
      error => sent.forEach(({ reject }) => reject(error))
    );
  }
  const ask = request =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) {
        setImmediate(flush);
      }
      waiting.push({ request, resolve, reject });
    });
  return {
    regret: (fun, instance, dimension, x) => ask([fun, instance, dimension, x]),
    optimum: (fun, instance, dimension) => ask([fun, instance, dimension, null]),
    end: () => server.end()
  };
}
