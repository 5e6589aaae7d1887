import { nodeProcess, now } from '../../host';
import { crc32 } from '../../numeric/crc32';
import { files, hostName } from './node';

/** Which process somewhere in the world. */
export interface Identity {
  /** Checksum of the machine's name and of the container, whose processes have numbers of their own. */
  readonly host: number;
  readonly pid: number;
  /** When it began, in the system's own count: numbers of processes are used again. 0 where that is not known. */
  readonly started: number;
  /** Tells several storages of one process apart. */
  readonly nonce: number;
}

/** Storages of this process that were closed: they will write nothing any more, though the process lives. */
const closed = new Set<number>();
export const retire = ({ nonce }: Identity) => void closed.add(nonce);

/** A process that lived so many milliseconds ago is not asked after again: it takes as long as writing a trial. */
const FRESH = 100;
const seen = new Map<string, number>();

let here: { host: number; pid: number; started: number } | undefined;

/** Another identity of this process. */
export function newIdentity(): Identity {
  if (!here) {
    let container = '';
    try {
      container = files().readlinkSync('/proc/self/ns/pid');
    } catch {
      // Only Linux tells.
    }
    const pid = nodeProcess()?.pid ?? 0;
    here = {
      host: crc32(`${hostName()} ${container}`),
      pid,
      started: running(pid)?.started ?? 0
    };
  }
  return { ...here, nonce: Math.floor(Math.random() * 2 ** 32) };
}

/** What Linux says of a process; `undefined` if it does not. */
function running(pid: number): { state: string; started: number } | undefined {
  try {
    const stat = files().readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in parentheses, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

/** Whether a process lives; `'unknown'` for one on another machine or in another container. */
export function lifeOf(other: Identity): 'alive' | 'ended' | 'unknown' {
  const own = here ?? newIdentity();
  if (other.host !== own.host) {
    return 'unknown';
  }
  if (other.pid === own.pid && other.started === own.started) {
    return closed.has(other.nonce) ? 'ended' : 'alive';
  }
  const key = `${other.pid} ${other.started}`;
  if (now() - (seen.get(key) ?? -Infinity) < FRESH) {
    return 'alive';
  }
  try {
    nodeProcess()?.kill?.(other.pid, 0);
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    if ((error as { code?: string }).code === 'ESRCH') {
      return 'ended';
    }
  }
  const there = running(other.pid);
  // Z and X: it has ended, and its parent has not asked how.
  const another = there && other.started !== 0 && there.started !== other.started;
  if (there && (another || 'ZX'.includes(there.state))) {
    return 'ended';
  }
  seen.set(key, now());
  return 'alive';
}

const hex = (value: number) => value.toString(16);

/** As it stands in a journal, `tunelab-<host>-<pid>-<started>-<nonce>`; all but the first are hexadecimal. */
export const workerIdOf = ({ host, pid, started, nonce }: Identity) =>
  `tunelab-${[host, pid, started, nonce].map(hex).join('-')}`;

/** `undefined` if the worker is not one of ours. */
export function readWorkerId(workerId: string): Identity | undefined {
  const parts = /^tunelab-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)$/.exec(workerId);
  if (!parts) {
    return undefined;
  }
  const [host, pid, started, nonce] = parts.slice(1).map(part => parseInt(part, 16));
  return { host, pid, started, nonce };
}
