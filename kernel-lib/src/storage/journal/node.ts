import { nodeModule } from '../../host';

interface Stats {
  size: number;
  ino: number;
  mtimeMs: number;
}

/** As much of Node's `fs` as the journal uses; the library's typings need none of Node's. */
export interface Files {
  openSync(path: string, flags: string): number;
  closeSync(fd: number): void;
  fstatSync(fd: number): Stats;
  statSync(path: string): Stats;
  lstatSync(path: string, options: { throwIfNoEntry: false }): Stats | undefined;
  readdirSync(path: string): string[];
  statfsSync?(path: string): { type: number };
  realpathSync(path: string): string;
  readSync(fd: number, into: Uint8Array, offset: number, length: number, position: number): number;
  read(
    fd: number,
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, bytes: number) => void
  ): void;
  writeSync(fd: number, bytes: Uint8Array, offset: number, length: number): number;
  ftruncateSync(fd: number, length: number): void;
  fdatasync(fd: number, done: (error: Error | null) => void): void;
  fdatasyncSync(fd: number): void;
  fsyncSync(fd: number): void;
  readFileSync(path: string, encoding: 'utf8'): string;
  symlinkSync(target: string, path: string): void;
  linkSync(existing: string, path: string): void;
  readlinkSync(path: string): string;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
}

interface Path {
  resolve(path: string): string;
  dirname(path: string): string;
  basename(path: string): string;
  join(...parts: string[]): string;
  readonly sep: string;
}

/** @throws Error where there is no Node. */
function needed<Module>(name: string): Module {
  const found = nodeModule<Module>(name);
  if (!found) {
    throw new Error(
      'journal: a file can be kept only where there is Node, 20.16 or later, but there is none.\n' +
        'In a browser keep the study in memory, and store what exportJson(study) gives.'
    );
  }
  return found;
}

export const files = () => needed<Files>('fs');
export const paths = () => needed<Path>('path');
export const hostName = () => needed<{ hostname(): string }>('os').hostname();

/** The code of a failed call of the system, such as `ENOENT`. */
export const codeOf = (error: unknown) => (error as { code?: string } | null)?.code ?? '';
