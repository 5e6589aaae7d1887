import { nodeModule } from '../host';
import type { Variant } from '../wasm/engine';
import { load, save } from './save';
import type { Network } from './network';

/** What is used of Node's `fs/promises`; looked up when it is needed, since a browser has none. */
interface Files {
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
}

function nodeFiles(where: string): Files {
  const files = nodeModule<Files>('node:fs/promises');
  if (!files) {
    throw new Error(
      `${where}: files can be read and written in Node only.\n` +
        'In a browser use save(network) and load(bytes), and move the bytes yourself.'
    );
  }
  return files;
}

/**
 * Writes a network to a safetensors file. The file appears whole or not at all.
 *
 * @throws Error in a browser, or if the file cannot be written.
 * @example
 * const network = sequential([layers.dense(10), layers.softmax()], { inputs: 64 });
 * await saveFile(network, 'digits.safetensors');
 */
export async function saveFile(network: Network, path: string): Promise<void> {
  const files = nodeFiles('saveFile');
  const partial = `${path}.partial`;
  await files.writeFile(partial, save(network));
  await files.rename(partial, path);
}

/**
 * Reads a network from a file that `saveFile` wrote.
 *
 * @throws RangeError if the file is damaged; Error in a browser, or if it cannot be read.
 * @example
 * await saveFile(sequential([layers.dense(10), layers.softmax()], { inputs: 64 }), 'digits.safetensors');
 * const network = await loadFile('digits.safetensors');
 */
export async function loadFile(
  path: string,
  options: { variant?: Variant } = {}
): Promise<Network> {
  return load(await nodeFiles('loadFile').readFile(path), options);
}
