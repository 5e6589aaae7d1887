import { renameSync, rmSync, writeFileSync } from 'node:fs';

let count = 0;

/** Writes a file so that a reader sees the old one or the new one, never a part. */
export function writeAtomically(file: string, data: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.${count++}.tmp`;
  try {
    writeFileSync(temporary, data);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
