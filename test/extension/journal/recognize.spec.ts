import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beginsJournal, mayBeJournal } from '../../../extension/journal/recognize';

const stored = (name: string): string =>
  readFileSync(path.join(__dirname, '..', '..', 'fixtures', name), 'utf8');
const OPTUNA = stored('optuna_journal.log');

describe('a journal is recognized', () => {
  it.each([
    ['study.journal', 'yes'],
    ['STUDY.JOURNAL', 'yes'],
    ['study.log', 'perhaps'],
    ['study.jsonl', 'perhaps'],
    ['study.journal.lock', 'no'],
    ['study.json', 'no'],
    ['journal', 'no']
  ])('by its name: %s, %s', (name, answer) => expect(mayBeJournal(name)).toBe(answer));

  it.each([
    ["Optuna's own", OPTUNA],
    ["tunelab's", stored('tunelab_journal_1.log')],
    ['one whose first line is longer than what was read', OPTUNA.slice(0, 40)],
    ['one with an operation of a later version', '{"op_code":42,"worker_id":"w"}\n']
  ])('by its first line: %s', (_, text) => expect(beginsJournal(text)).toBe(true));

  it.each([
    ['an empty file', ''],
    ['a log of a server', '[I 2026-01-01 12:00:00 ServerApp] started\n'],
    ['lines of other JSON', '{"level":"info","msg":"started"}\n'],
    ['an op_code that is no whole number', '{"op_code":"zero"}\n'],
    ['a first line that is no JSON', '{"op_code":0,"worker_id\n' + OPTUNA]
  ])('and nothing else: %s', (_, text) => expect(beginsJournal(text)).toBe(false));
});
