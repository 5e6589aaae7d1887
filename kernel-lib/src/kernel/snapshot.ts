/**
 * A snapshot of a process that has read TypeScript and the declarations of Node: the process of the
 * user's code starts from it in a quarter of the time, with less memory. It is made when the kernel
 * is installed; without one, or with another Node or TypeScript than it was made for, the kernel
 * starts as ever.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import type * as TS from 'typescript';
import { cellOptions } from './languageHost';
import { launcherRequire, PACKAGE_ROOT, requirePeer } from './peers';
import { nodeTypeRoot, slashes } from './resolution';

/** What the snapshot is to hold. */
export interface SnapshotPlan {
  /** TypeScript's file. */
  typescript: string;
  folder: string;
  options: TS.CompilerOptions;
}

/** What a process that was started from a snapshot finds in it. */
export interface Warm {
  ts: typeof TS;
  registry: TS.DocumentRegistry;
}

/** Older Nodes were not tried. */
const FIRST_NODE = 24;
const FOLDER = path.join(PACKAGE_ROOT, 'node_modules', '.tunelab');
/** Node's option that names a snapshot, followed by its file. */
export const BLOB = '--snapshot-blob';
const KEY = Symbol.for('tunelab.snapshot');

/** Hands over what this process's snapshot holds, once. */
export function takeWarm(): Warm | undefined {
  const holder = globalThis as { [KEY]?: Warm | undefined };
  const warm = holder[KEY];
  holder[KEY] = undefined;
  // A process that user code forks must not start from the snapshot.
  process.execArgv = process.execArgv.filter(
    (option, i, all) => option !== BLOB && all[i - 1] !== BLOB
  );
  return warm;
}

/** Where the snapshot for this Node with its options and for the installed TypeScript belongs. */
function snapshotFile(): string {
  const types = nodeTypeRoot(PACKAGE_ROOT);
  const files = [
    launcherRequire.resolve('typescript'),
    ...(types ? [path.join(types, 'node', 'package.json')] : []),
    path.join(__dirname, 'snapshotEntry.js')
  ];
  const facts = [
    process.version,
    process.platform,
    process.arch,
    // Stands for V8's flags and the processor's abilities.
    cachedDataVersionTag(),
    ...files.flatMap(file => [file, statSync(file, { throwIfNoEntry: false })?.mtimeMs])
  ];
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
  return path.join(FOLDER, `${hash}.snapshot`);
}

/** The snapshot that fits this process, if there is one. */
export function findSnapshot(): string | undefined {
  if (!existsSync(FOLDER)) {
    return undefined;
  }
  const file = snapshotFile();
  return existsSync(file) ? file : undefined;
}

/**
 * Makes the snapshot for this Node unless it is there. Returns its file; undefined where this Node
 * cannot make one or the installation cannot be written to: kernels then start without.
 */
export function makeSnapshot(): string | undefined {
  if (Number(process.versions.node.split('.')[0]) < FIRST_NODE) {
    return undefined;
  }
  const made = snapshotFile();
  if (existsSync(made)) {
    return made;
  }
  const folder = slashes(PACKAGE_ROOT);
  const plan: SnapshotPlan = {
    typescript: launcherRequire.resolve('typescript'),
    folder,
    options: cellOptions(requirePeer<typeof TS>('typescript'), folder)
  };
  const unfinished = `${made}.${process.pid}`;
  const entry = `${unfinished}.js`;
  try {
    mkdirSync(FOLDER, { recursive: true });
    // Node gives this script a `require`, but none of a module's other names.
    const text = readFileSync(path.join(__dirname, 'snapshotEntry.js'), 'utf8');
    writeFileSync(entry, `const exports = {};\n${text}`);
    const { status } = spawnSync(
      process.execPath,
      ['--no-warnings', BLOB, unfinished, '--build-snapshot', entry],
      { env: { ...process.env, TUNELAB_SNAPSHOT: JSON.stringify(plan) }, stdio: 'ignore' }
    );
    if (status !== 0) {
      return undefined;
    }
    // Those of earlier versions are of no use any more; a kernel that has begun holds its own.
    for (const old of readdirSync(FOLDER).filter(name => name.endsWith('.snapshot'))) {
      rmSync(path.join(FOLDER, old), { force: true });
    }
    renameSync(unfinished, made);
    return made;
  } catch {
    return undefined;
  } finally {
    [unfinished, entry].forEach(file => rmSync(file, { force: true }));
  }
}

/** The same for another Node, such as the one that a kernelspec names. */
export function makeSnapshotFor(node: string): void {
  const script = `require(${JSON.stringify(__filename)}).makeSnapshot()`;
  spawnSync(node, ['-e', script], { stdio: 'ignore' });
}
