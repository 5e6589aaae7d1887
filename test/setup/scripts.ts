// The scripts are plain JavaScript, because they run before TypeScript is installed; their types
// stand here. `requireActual` is jest's typed `require`.
import type { ChildProcess, SpawnOptions } from 'node:child_process';

export interface Python {
  command: string;
  args: string[];
  version: [number, number, number];
  executable: string;
  venv: boolean;
}
type Env = Record<string, string | undefined>;
type Probe = (candidate: string[]) => Python | null;

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface StampFile {
  read(): Record<string, { inputs: string; products: string }>;
  set(step: string, entry: { inputs: string; products: string }): void;
}

export interface Step {
  name: string;
  title: string;
  stamps: StampFile;
  inputs: () => { files?: string[]; values?: Record<string, unknown> };
  products: string[];
  works?: () => boolean;
  orElse?: string;
  make: () => Promise<unknown>;
}

export const { Problem, explain, tail } = jest.requireActual<{
  Problem: new (sentence: string) => Error;
  explain: (what: string, output: string, ending: string) => string;
  tail: (output: string, lines?: number) => string;
}>('../../scripts/parts/problem.cjs');

export const { choosePython, findNpm, nodeProblem, pythonCandidates } = jest.requireActual<{
  choosePython: (candidates: string[][], env: Env, probe: Probe) => Python;
  findNpm: (
    env: Env,
    platform: string,
    execPath: string,
    system: { existsSync: (file: string) => boolean }
  ) => string[];
  nodeProblem: (version: string) => string | null;
  pythonCandidates: (env: Env, platform: string) => string[][];
}>('../../scripts/parts/versions.cjs');

export const { findChromium } = jest.requireActual<{
  findChromium: (env: Env, platform: string, exists: (file: string) => boolean) => string | null;
}>('../../scripts/parts/chromium.cjs');

export const { closingLine, countCheck, countJest, countPytest, exitCodeOf } = jest.requireActual<{
  closingLine: (counts: Counts) => string;
  countCheck: (exitCode: number) => Counts;
  countJest: (report: Record<string, number> | null, exitCode: number) => Counts;
  countPytest: (xml: string | null, exitCode: number) => Counts;
  exitCodeOf: (counts: Counts) => number;
}>('../../scripts/parts/results.cjs');

export const { jupyterArguments, requireJestArguments, testArguments } = jest.requireActual<{
  jupyterArguments: (
    given: string[],
    place: { root: string; isRoot: boolean; exists: (file: string) => boolean }
  ) => string[];
  requireJestArguments: (given: string[]) => Promise<void>;
  testArguments: (given: string[]) => {
    all: boolean;
    withoutBrowser: boolean;
    help: boolean;
    jest: string[];
  };
}>('../../scripts/parts/arguments.cjs');

export const { jupyterPath } = jest.requireActual<{
  jupyterPath: (venv: string, given?: string) => string;
}>('../../scripts/parts/places.cjs');
export const { Stamps, fingerprint, productState } = jest.requireActual<{
  Stamps: new (file: string) => StampFile;
  fingerprint: (root: string, inputs: { files?: string[]; values?: unknown }) => string;
  productState: (places: string[]) => string;
}>('../../scripts/parts/stamps.cjs');

interface NodePackage {
  name: string;
  version: string;
  file: string;
  integrity: string;
}

export const { PACKAGES, chooseKernelNode } = jest.requireActual<{
  PACKAGES: Record<string, NodePackage>;
  chooseKernelNode: (
    user: { env: Env; version: string; execPath: string; platform: string; arch: string },
    ask: (node: string) => string | null
  ) => { node: string; pack?: NodePackage; reason?: string };
}>('../../scripts/parts/kernelNode.cjs');

export const { runSteps } = jest.requireActual<{
  runSteps: (steps: Step[], say: (line: string) => void, root: string) => Promise<string[]>;
}>('../../scripts/parts/steps.cjs');

export const { withLock } = jest.requireActual<{
  withLock: <T>(
    folder: string,
    work: () => Promise<T>,
    options?: { say?: (line: string) => void; pause?: number }
  ) => Promise<T>;
}>('../../scripts/parts/lock.cjs');

export const { venvPython } = jest.requireActual<{
  venvPython: (venv: string, platform: string) => string;
}>('../../scripts/parts/places.cjs');

export const { descendants, endTree, start } = jest.requireActual<{
  descendants: (pid: number, table: [number, number][]) => number[];
  endTree: (child: ChildProcess, grace: number) => Promise<void>;
  start: (command: string, args: string[], options: SpawnOptions) => ChildProcess;
}>('../../scripts/parts/processes.cjs');
