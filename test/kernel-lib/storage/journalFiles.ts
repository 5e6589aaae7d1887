import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { journal, type JournalStorage } from 'tunelab';

/** Journals of one file of tests, in a folder that goes when the tests have run. */
export interface JournalFiles {
  readonly folder: string;
  /** The path of a journal that is not there yet. */
  fresh(): string;
  /** A storage that is closed after the running test. */
  open(file: string): JournalStorage;
  /** Closes what `open` gave. */
  close(): Promise<void>;
  /** Names of what lies beside a journal. */
  beside(file: string): string[];
}

export function journalFiles(name: string): JournalFiles {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `tunelab ${name} `));
  const opened: JournalStorage[] = [];
  let count = 0;
  async function close(): Promise<void> {
    for (const one of opened.splice(0)) {
      await one.close();
    }
  }
  afterEach(close);
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    fresh: () => path.join(folder, `study ${count++}.log`),
    open(file) {
      opened.push(journal(file));
      return opened[opened.length - 1];
    },
    close,
    beside: file =>
      fs.readdirSync(folder).filter(other => other.startsWith(`${path.basename(file)}.`))
  };
}

/** What the running test is warned of, which is not printed. */
export function warnings(): readonly string[] {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    jest.spyOn(console, 'warn').mockImplementation(text => void said.push(String(text)));
  });
  afterEach(() => jest.restoreAllMocks());
  return said;
}
