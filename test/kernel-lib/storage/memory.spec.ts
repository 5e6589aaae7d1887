import { MemoryStorage, type Place } from 'tunelab/dist/storage/memory';
import { storageContract } from '../contracts/storageContract';

describe('a storage in memory', () => {
  let place: Place;
  beforeEach(() => {
    place = [];
  });
  storageContract(() => new MemoryStorage('here', place));
});
