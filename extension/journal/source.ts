/** Where the bytes of a file come from: ranges of the server's files, or the whole text where there are none. */
import type { Contents, ServerConnection } from '@jupyterlab/services';

/** What says that a file has changed, without a look into it. */
export interface IFileState {
  /** In bytes, where the server says. */
  size: number | undefined;
  modified: string;
}

export interface ISource {
  /** Rejects with `MissingFile` if there is none. */
  state(): Promise<IFileState>;
  /** Bytes from `from` on, at most so many; fewer only where the file ends. */
  read(from: number, most: number): Promise<Uint8Array>;
}

/** There is no file of this name. */
export class MissingFile extends Error {}

/** The server answers a request for a range with the whole file, or not at all. */
class NoRanges extends Error {}

export interface IServer {
  contents: Contents.IManager;
  settings: ServerConnection.ISettings;
}

const NOTHING = new Uint8Array(0);

/** A file of the server's, read only. The path is asked for each time, since files are renamed. */
export class FileSource implements ISource {
  private _ranges = true;
  private _whole: { modified: string; bytes: Uint8Array } | null = null;
  private _modified = '';

  constructor(
    private readonly _server: IServer,
    private readonly _path: () => string
  ) {}

  async state(): Promise<IFileState> {
    try {
      const model = await this._server.contents.get(this._path(), { content: false });
      this._modified = model.last_modified;
      return { size: model.size, modified: model.last_modified };
    } catch (error) {
      if ((error as { response?: Response } | null)?.response?.status === 404) {
        throw new MissingFile();
      }
      throw error;
    }
  }

  async read(from: number, most: number): Promise<Uint8Array> {
    if (this._ranges) {
      try {
        return await this._range(from, most);
      } catch (error) {
        if (!(error instanceof NoRanges)) {
          throw error;
        }
        this._ranges = false;
      }
    }
    return (await this._text()).subarray(from, from + most);
  }

  private async _range(from: number, most: number): Promise<Uint8Array> {
    const { contents, settings } = this._server;
    const url = await contents.getDownloadUrl(this._path());
    const headers: Record<string, string> = { Range: `bytes=${from}-${from + most - 1}` };
    if (settings.token && url.startsWith(settings.baseUrl)) {
      headers.Authorization = `token ${settings.token}`;
    }
    const request = new settings.Request(url, { ...settings.init, cache: 'no-store', headers });
    // As a function of its own: the page's `fetch` refuses to be a method of anything else.
    const answer = await settings.fetch.call(undefined, request);
    if (answer.status === 416) {
      // It became shorter since it was asked how long it is.
      return NOTHING;
    }
    // A server may answer as if nothing had been said of a range where it is the whole file.
    const isWhole = answer.status === 200 && from === 0;
    const fits = Number(answer.headers.get('Content-Length') ?? Infinity) <= most;
    if (answer.status !== 206 && !(isWhole && fits)) {
      await answer.body?.cancel();
      throw answer.status === 404 ? new MissingFile() : new NoRanges();
    }
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** The whole file, kept until it is another one. */
  private async _text(): Promise<Uint8Array> {
    if (this._whole?.modified !== this._modified) {
      const { contents } = this._server;
      const model = await contents.get(this._path(), {
        type: 'file',
        format: 'text',
        content: true
      });
      const bytes = new TextEncoder().encode(String(model.content));
      this._whole = { modified: this._modified, bytes };
    }
    return this._whole!.bytes;
  }
}
