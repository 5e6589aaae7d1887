import { rangeError } from '../errors';
import { batchBounds, createBatches, type Batches } from '../training/batches';
import { evaluateSet, shareOf } from '../training/evaluate';
import { floatsOf } from '../training/inputs';
import { hasBatchNorm, programOf, sequential } from '../training/network';
import type { TrainingSet } from '../training/trainingSet';
import type { ProgramState, Variant } from '../wasm/engine';
import type { Chunk, Command, Ended, Place, RunEvent, RunStart, Settings, Snapshot } from './format'; // prettier-ignore
import { changed } from './settings';
import { createWatch, LOOKS, type Finding } from './watch';

/** The training of a run, one mini-batch a call: the same calls and commands at the same ticks give the same bits. */
export interface Loop {
  readonly tick: number;
  readonly step: number;
  /** Why it has ended; `undefined` while there is more to do. */
  readonly ended: Ended;
  /** Waits to be resumed; one that has ended waits for nothing. */
  readonly paused: boolean;
  /** What steers it now. */
  readonly settings: Settings;
  /** Names of what can be gone back to, oldest first. */
  readonly snapshots: string[];
  /** Learns from one mini-batch. */
  advance(): void;
  /** @throws RangeError if it cannot be done; the run is then as before. */
  apply(command: Command): RunEvent;
  state(): ProgramState;
  /**
   * A snapshot by its name, or everything as it is now.
   * @throws RangeError if there is no such snapshot.
   */
  snapshot(name?: string): Snapshot;
  /** What was recorded since the last call. */
  take(): Chunk;
}

/** What the beginning is called, and, by a name that nobody can give, where divergence goes back to. */
const START = 'start';
const LATEST = '';

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
  const { tick: before, place: from } = start.branch ?? { tick: 0 };
  const place: { -readonly [K in keyof Place]: Place[K] } = from
    ? { ...from }
    : { step: 0, epoch: 0, batch: 0, batchSize: settings.batchSize, loss: 0, correct: 0 };
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

  const now = (): Snapshot => ({ tick: before + tick, place: { ...place }, settings, state: program.saveState() }); // prettier-ignore

  function find(where: string, name: string): Snapshot {
    const snapshot = name === LATEST ? undefined : snapshots.get(name);
    if (!snapshot) {
      throw rangeError(
        where,
        `the snapshot must be one of ${names().join(', ')}`,
        String(name),
        'Make one with await run.snapshot(name).'
      );
    }
    return snapshot;
  }
  const names = () => [...snapshots.keys()].filter(name => name !== LATEST);

  const snapshot = (name?: string) => (name === undefined ? now() : find('run.branch', name));

  function goBack(snapshot: Snapshot): void {
    program.restoreState(snapshot.state);
    Object.assign(place, snapshot.place);
    settings = snapshot.settings;
    snapshots.set(LATEST, snapshot);
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
    const latest = snapshots.get(LATEST)!;
    const message =
      `the loss was ${loss} at step ${place.step + 1}, in epoch ${place.epoch + 1}: training has diverged. ` +
      `The network is as it was at step ${latest.place.step}; try a learning rate below ${rate()}.`;
    warn({ warning: 'diverged', message });
    goBack(latest);
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
    Object.assign(place, { epoch: place.epoch + 1, batch: 0, loss: 0, correct: 0 });
    if (place.epoch >= settings.epochs) {
      ended = 'complete';
    }
  }

  function advance(): void {
    const all = current();
    if (place.batch === 0) {
      snapshots.set(LATEST, now());
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
        settings = changed('run.set', settings, command.changes, place);
        watch.forget();
        if (place.batch === 0 && place.epoch >= settings.epochs) {
          ended = 'complete';
        }
        return note(command);
      }
      case 'snapshot':
        // The newest is the last one, also of those that take an old one's place.
        snapshots.delete(command.name);
        snapshots.set(command.name, now());
        return note(command);
      case 'branch': {
        const { settings: those, place: then } = snapshot(command.from);
        changed('run.branch', those, command.changes ?? {}, then);
        return note(command);
      }
      case 'rollBack': {
        const then = find('run.rollBack', command.name);
        // The event belongs to where the run was; what follows, to where it goes.
        const event = note({ ...command, toStep: then.place.step });
        goBack(then);
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

  // One that begins amid an epoch has no beginning of that to go back to.
  [START, LATEST].forEach(name => snapshots.set(name, now()));
  return {
    get tick() { return tick; },
    get step() { return place.step; },
    get ended() { return ended; },
    get paused() { return paused && !ended; },
    get settings() { return settings; },
    get snapshots() { return names(); },
    advance,
    apply,
    snapshot,
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
