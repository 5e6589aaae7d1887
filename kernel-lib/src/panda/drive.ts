import { now } from '../host';
import type { ProgramState } from '../wasm/engine';
import type { Chunk, Command, Ended, RunEvent, Settings, Snapshot } from './format';
import type { Loop } from './loop';

/** What a run is sent. */
export interface Request {
  id: number;
  command: Command;
}

/** The network as it is in the run. */
export interface NetworkNow {
  state: ProgramState;
  /** Mini-batches that it has learned from in this run. */
  step: number;
}

/** What a run says. */
export type Message =
  | {
      kind: 'records';
      chunk: Chunk;
      paused: boolean;
      settings: Settings;
      /** Names of what can be gone back to, oldest first. */
      snapshots: string[];
    }
  | { kind: 'done'; id: number; event: RunEvent; now?: NetworkNow; branch?: Snapshot }
  | { kind: 'refused'; id: number; message: string }
  | { kind: 'ended'; ended: NonNullable<Ended>; now: NetworkNow };

/** The run's end of a connection. */
export interface Channel {
  /** The next request, if one has come. */
  poll(): Request | undefined;
  /** Resolves when one may have come. */
  wait(): Promise<void>;
  /** Lets others work, where the run shares their thread. */
  rest(): Promise<void> | undefined;
  post(message: Message): void;
}

/** Milliseconds between two looks for requests, and between two reports. */
const LOOK = 2;
const REPORT = 100;

/** Runs a loop to its end, taking requests between mini-batches. */
export async function drive(loop: Loop, channel: Channel): Promise<void> {
  let reported = now();
  function report(): void {
    const { paused, settings, snapshots } = loop;
    channel.post({ kind: 'records', chunk: loop.take(), paused, settings, snapshots });
    reported = now();
  }

  const networkNow = (): NetworkNow => ({ state: loop.state(), step: loop.step });

  function answer({ id, command }: Request): void {
    try {
      const event = loop.apply(command);
      // Whoever pauses or rolls back wants to look at the network as it is now.
      const looked = ['pause', 'rollBack', 'snapshot'].includes(command.kind);
      report();
      const branch = command.kind === 'branch' ? loop.snapshot(command.from) : undefined;
      channel.post({ kind: 'done', id, event, ...(looked && { now: networkNow() }), branch });
    } catch (error) {
      channel.post({ kind: 'refused', id, message: (error as Error).message });
    }
  }

  while (!loop.ended) {
    const request = channel.poll();
    if (request) {
      answer(request);
    } else if (loop.paused) {
      report();
      await channel.wait();
    } else {
      const looked = now();
      do {
        loop.advance();
      } while (!loop.ended && !loop.paused && now() - looked < LOOK);
      if (now() - reported > REPORT) {
        report();
      }
      await channel.rest();
    }
  }
  report();
  channel.post({ kind: 'ended', ended: loop.ended, now: networkNow() });
}
