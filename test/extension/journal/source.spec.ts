/** @jest-environment node */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FileSource, MissingFile } from '../../../extension/journal/source';
import type { IServer } from '../../../extension/journal/source';

const TEXT = 'first line\nsecond ☕ line\n';
const BYTES = Buffer.from(TEXT);

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** A server of one file, and what was asked of it. */
async function serving({ ranges = true, token = '' } = {}) {
  const asked: string[] = [];
  server = createServer((request, answer) => {
    asked.push(`${request.headers.range} ${request.headers.authorization ?? ''}`.trim());
    const [from, to] = /(\d+)-(\d+)/.exec(request.headers.range!)!.slice(1).map(Number);
    // As Jupyter's server does, which says nothing of a range that is the whole file.
    if (!ranges || (from === 0 && to >= BYTES.length - 1)) {
      answer.writeHead(200, { 'Content-Length': BYTES.length }).end(BYTES);
    } else if (from >= BYTES.length) {
      answer.writeHead(416).end();
    } else {
      answer.writeHead(206).end(BYTES.subarray(from, to + 1));
    }
  });
  await new Promise<void>(resolve => server!.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const model = { size: BYTES.length, last_modified: 'then' };
  const get = jest.fn(async (_path: string, options: { content?: boolean }) =>
    options.content ? { ...model, content: TEXT } : model
  );
  const contents = { get, getDownloadUrl: async (path: string) => `${baseUrl}files/${path}` };
  const settings = { baseUrl, token, init: {}, fetch, Request };
  const source = new FileSource({ contents, settings } as unknown as IServer, () => 'a.journal');
  return { source, asked, get };
}

const textOf = async (part: Promise<Uint8Array>): Promise<string> =>
  Buffer.from(await part).toString();

describe('the bytes of a file', () => {
  it('come as ranges, without the contents', async () => {
    const { source, asked, get } = await serving({ token: 'secret' });
    expect(await source.state()).toEqual({ size: BYTES.length, modified: 'then' });
    expect(await textOf(source.read(6, 4))).toBe('line');
    expect(await textOf(source.read(20, 100))).toBe(BYTES.subarray(20).toString());
    expect(await textOf(source.read(100, 4))).toBe('');
    expect(await textOf(source.read(0, 1000))).toBe(TEXT);
    expect(asked[0]).toBe('bytes=6-9 token secret');
    expect(get.mock.calls.map(([, { content }]) => content)).toEqual([false]);
  });

  it('come as a whole text from a server that knows no ranges, once for each change', async () => {
    const { source, asked, get } = await serving({ ranges: false });
    await source.state();
    expect(await textOf(source.read(6, 4))).toBe('line');
    expect(await textOf(source.read(11, 100))).toBe('second ☕ line\n');
    await source.state();
    await source.read(0, 1);
    expect(asked).toHaveLength(1);
    const wholes = (): number => get.mock.calls.filter(([, { content }]) => content).length;
    expect(wholes()).toBe(1);
    get.mockResolvedValueOnce({ size: 0, last_modified: 'now' } as never);
    await source.state();
    await source.read(0, 1);
    expect(wholes()).toBe(2);
  });

  it('are missing where there is no file, and what else fails is passed on', async () => {
    const { source, get } = await serving();
    get.mockRejectedValueOnce(Object.assign(new Error('Not Found'), { response: { status: 404 } }));
    await expect(source.state()).rejects.toBeInstanceOf(MissingFile);
    get.mockRejectedValueOnce(Object.assign(new Error('Bad'), { response: { status: 502 } }));
    await expect(source.state()).rejects.toThrow('Bad');
  });
});
