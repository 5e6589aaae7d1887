import { version } from 'tunelab';
import library from '../../kernel-lib/package.json';
import extension from '../../package.json';

it('is one for the library and the extension, and what the library says of itself', () => {
  expect([version, extension.version]).toEqual([library.version, library.version]);
});
