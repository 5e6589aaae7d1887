// What trials may do, by the configuration's `kind`, with what the tools gave.
const { isMainThread, threadId } = require('node:worker_threads');

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

exports.objective = async ({ kind, x = 0 }, { signal, report, seed, context, trial }) => {
  switch (kind) {
    case 'value':
      return x * x;
    case 'tools':
      return { value: 1, attributes: { seed, context, number: trial.number, isMainThread } };
    case 'thread':
      return threadId;
    case 'throw':
      throw new TypeError('no such layer');
    case 'throw text':
      throw 'only words';
    case 'report': {
      let step = 0;
      for (; step < 10; step++) {
        report(step, x - step);
      }
      return step;
    }
    case 'report wrongly':
      report(0.5, 1);
      await pause(20);
      return 1;
    case 'swallow the verdict':
      for (let step = 0; ; step++) {
        try {
          report(step, step);
        } catch {
          // And on it goes.
        }
        await pause(1);
      }
    case 'wait for the signal':
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      throw new Error('told to stop');
    case 'late':
      await pause(150);
      return 99;
    case 'wait for ever':
      await new Promise(() => setInterval(() => undefined, 1000));
      return 0;
    case 'hang':
      for (;;);
    case 'exit':
      return process.exit(3);
    case 'throw later':
      setTimeout(() => {
        throw new Error('from a timer');
      }, 0);
      await pause(10_000);
      return 0;
    case 'eat memory': {
      const eaten = [];
      for (;;) {
        eaten.push(new Array(10_000).fill({}));
      }
    }
    case 'function':
      return { value: 1, attributes: { layer: () => 1 } };
    default:
      throw new Error(`no such kind: ${kind}`);
  }
};
