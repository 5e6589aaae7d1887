import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { journal, study, type StudyStorage } from 'tunelab';
import { MemoryStorage, type Place } from 'tunelab/dist/storage/memory';
import { studyContract, type Open } from '../contracts/studyContract';

describe('a study in memory', () => {
  studyContract(async options => study(options));
});

describe('a study in a storage in memory', () => {
  let place: Place;
  beforeEach(() => {
    place = [];
  });
  studyContract(options => study({ ...options, storage: new MemoryStorage('here', place) }));
});

describe('a study in a journal', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tunelab study '));
  let count = 0;
  const opened: StudyStorage[] = [];
  const storage = () => {
    opened.push(journal(path.join(folder, `${opened.length + count++}.log`)));
    return opened[opened.length - 1];
  };
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const open: Open = options => study({ ...options, storage: storage() });
  studyContract(open);
});
