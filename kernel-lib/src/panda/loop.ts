import { rangeError } from '../errors';
import { batchBounds, createBatches, type Batches } from '../training/batches';
import { evaluateSet, shareOf } from '../training/evaluate';
import { floatsOf } from '../training/inputs';
import { hasBatchNorm, programOf, sequential } from '../training/network';
import type { TrainingSet } from '../training/trainingSet';
import type { ProgramState, Variant } from '../wasm/engine';
import type { Changes, Chunk, Command, Ended, RunEvent, RunStart, Settings } from './format';
import { createWatch, LOOKS, type Finding } from './watch';

/** Where a run is in its data. */
interface Place {
  step: number;
  /** Epochs done. */
  epoch: number;
  /** Mini-batches done in the running epoch, and how large they are. */
  batch: number;
  batchSize: number;
  /** Sums over the running epoch. */
  loss: number;
  correct: number;
}

interface Snapshot {
  place: Place;
  settings: Settings;
  state: ProgramState;
}

/** The training of a run, one mini-batch a call: the same calls and commands at the same ticks give the same bits. */
export interface Loop {
  readonly tick: number;
  readonly step: number;
  /** Why it has ended; `undefined` while there is more to do. */
  readonly ended: Ended;
  /** Waits to be resumed; one that has ended waits for nothing. */
  readonly paused: boolean;
  /** Learns from one mini-batch. */
  advance(): void;
  /** @throws RangeError if it cannot be done; the run is then as before. */
  apply(command: Command): RunEvent;
  state(): ProgramState;
  /** What was recorded since the last call. */
  take(): Chunk;
}

const START = 'start';

function changed(settings: Settings, changes: Changes): Settings {
  const { learningRate, weightDecay, optimizer = settings.optimizer } = changes;
  const limit = (name: 'clipNorm' | 'clipValue') =>
    changes[name] === null ? undefined : (changes[name] ?? settings[name]);
  return {
    optimizer: {
      ...optimizer,
      ...(learningRate !== undefined && { learningRate }),
      ...(weightDecay !== undefined && { weightDecay })
    },
    batchSize: changes.batchSize ?? settings.batchSize,
    epochs: changes.epochs ?? settings.epochs,
    clipNorm: limit('clipNorm'),
    clipValue: limit('clipValue')
  };
}

export function createLoop(start: RunStart, train: TrainingSet, dev?: TrainingSet): Loop {
  const { layers, inputs, precision, networkSeed, factors } = start;
  const variant = start.engine as Variant;
  const network = sequential(layers, { inputs, precision, seed: networkSeed, variant });
  const program = programOf(network);
  program.restoreState(start.state);
  const watch = createWatch(layers);
  const snapshots = new Map<string, Snapshot>();
  const Floats = floatsOf(network);
  const alone = !hasBatchNorm(network);

  let settings = start.settings;
  let place: Place = { step: 0, epoch: 0, batch: 0, batchSize: settings.batchSize, loss: 0, correct: 0 }; // prettier-ignore
  let batches: Batches | undefined;
  let tick = 0;
  let latestRate = 0;
  let ended: Ended;
  let paused = false;
  let chunk = empty();

  function empty() {
    return { losses: [] as number[], learningRates: [] as number[], epochs: [] as Chunk['epochs'], events: [] as RunEvent[] }; // prettier-ignore
  }

  function note<E extends object>(event: E): RunEvent {
    const complete = { tick, step: place.step, epoch: place.epoch + 1, ...event };
    chunk.events.push(complete as unknown as RunEvent);
    return complete as unknown as RunEvent;
  }
  const warn = (finding: Finding) => note({ kind: 'warning', ...finding });

  function keep(name: string): void {
    snapshots.set(name, { place: { ...place }, settings, state: program.saveState() });
  }

  function goBack({ place: then, settings: those, state }: Snapshot): void {
    program.restoreState(state);
    place = { ...then };
    settings = those;
    batches?.release();
    batches = undefined;
    watch.forget();
  }

  function current(): Batches {
    if (!batches || (place.batch === 0 && place.batchSize !== settings.batchSize)) {
      batches?.release();
      if (place.batch === 0) {
        place.batchSize = settings.batchSize;
      }
      batches = createBatches(program, train, place.batchSize, alone, Floats);
      batches.shuffle(start.seed, place.epoch + 1);
    } else if (place.batch === 0) {
      batches.shuffle(start.seed, place.epoch + 1);
    }
    return batches;
  }

  function rate(): number {
    const factor = factors?.[Math.min(place.step, factors.length - 1)] ?? 1;
    return settings.optimizer.learningRate * factor;
  }

  function diverged(loss: number): void {
    const message =
      `the loss was ${loss} at step ${place.step + 1}, in epoch ${place.epoch + 1}: training has diverged. ` +
      `The network is as at the epoch's beginning; try a learning rate below ${rate()}.`;
    warn({ warning: 'diverged', message });
    goBack(snapshots.get('')!);
    if (start.onDivergence === 'pause') {
      paused = true;
    } else {
      ended = 'diverged';
    }
  }

  function endEpoch(): void {
    const record: Chunk['epochs'][number] = {
      epoch: place.epoch + 1,
      tick,
      loss: place.loss / train.rows,
      accuracy: shareOf(network, place.correct, train.rows),
      learningRate: latestRate
    };
    if (dev) {
      const { loss: devLoss, accuracy: devAccuracy } = evaluateSet(network, dev);
      Object.assign(record, { devLoss, devAccuracy });
    }
    chunk.epochs.push(record);
    watch.epoch(record.loss).forEach(warn);
    place = { ...place, epoch: place.epoch + 1, batch: 0, loss: 0, correct: 0 };
    if (place.epoch >= settings.epochs) {
      ended = 'complete';
    }
  }

  function advance(): void {
    const all = current();
    if (place.batch === 0) {
      // Under a name that nobody can give: where divergence goes back to.
      keep('');
    }
    const learningRate = rate();
    latestRate = learningRate;
    const { x, targets, rows } = all.at(place.batch);
    const { loss, correct } = program.step(
      x,
      targets,
      rows,
      { ...settings.optimizer, learningRate },
      settings
    );
    tick++;
    chunk.losses.push(loss);
    chunk.learningRates.push(learningRate);
    if (!Number.isFinite(loss)) {
      diverged(loss);
      return;
    }
    if (place.batch % Math.max(1, Math.floor(all.count / LOOKS)) === 0) {
      watch.look(program.outputs(), rows);
    }
    place.step++;
    place.batch++;
    place.loss += loss * rows;
    place.correct += correct;
    const finding = watch.step(loss);
    if (finding) {
      warn(finding);
    }
    if (place.batch === all.count) {
      endEpoch();
    }
  }

  function apply(command: Command): RunEvent {
    switch (command.kind) {
      case 'set': {
        const { epochs } = command.changes;
        if (epochs !== undefined && epochs < place.epoch + (place.batch > 0 ? 1 : 0)) {
          throw rangeError(
            'run.set',
            `\`epochs\` must be at least the ${place.epoch + 1} that have begun`,
            String(epochs),
            'Use run.stop() to end now.'
          );
        }
        settings = changed(settings, command.changes);
        watch.forget();
        if (place.batch === 0 && place.epoch >= settings.epochs) {
          ended = 'complete';
        }
        return note(command);
      }
      case 'snapshot':
        keep(command.name);
        return note(command);
      case 'rollBack': {
        const snapshot = snapshots.get(command.name);
        if (!snapshot) {
          const names = [...snapshots.keys()].filter(Boolean).join(', ');
          throw rangeError(
            'run.rollBack',
            `the snapshot must be one of ${names}`,
            command.name,
            'Make one with await run.snapshot(name).'
          );
        }
        // The event belongs to where the run was; what follows, to where it goes.
        const event = note({ ...command, toStep: snapshot.place.step });
        goBack(snapshot);
        return event;
      }
      case 'pause':
        paused = true;
        return note(command);
      case 'resume':
        paused = false;
        return note(command);
      case 'stop':
        ended = 'stopped';
        return note(command);
    }
  }

  keep(START);
  return {
    get tick() { return tick; },
    get step() { return place.step; },
    get ended() { return ended; },
    get paused() { return paused && !ended; },
    advance,
    apply,
    state: () => program.saveState(),
    take() {
      const { losses, learningRates, epochs, events } = chunk;
      chunk = empty();
      return {
        losses: Float32Array.from(losses),
        learningRates: Float64Array.from(learningRates),
        epochs,
        events
      };
    }
  }; // prettier-ignore
}

/** Mini-batches in an epoch of `rows` examples. */
export const batchesIn = (rows: number, batchSize: number, alone: boolean) =>
  batchBounds(rows, batchSize, alone).length - 1;
