import { writeSync } from 'node:fs';

/**
 * A remark for whoever reads the kernel's log, such as the terminal of JupyterLab. It is written to
 * the file descriptor because `process.stderr` belongs to the cells.
 */
export function note(text: string): void {
  try {
    writeSync(2, `tunelab kernel: ${text}\n`);
  } catch {
    // A log that nobody holds open any more must not end the kernel.
  }
}
