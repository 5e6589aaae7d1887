/** A file in memory that is read as the page reads those of a server, and lines of journals to write into it. */
import { MissingFile } from '../../../extension/journal/source';
import type { ISource } from '../../../extension/journal/source';

/** Counts what is read of it. */
export class MemoryFile implements ISource {
  bytes: Uint8Array | null;
  read_ = 0;
  private _modified = 0;

  constructor(text = '') {
    this.bytes = new TextEncoder().encode(text);
  }

  write(text: string): void {
    this.bytes = new TextEncoder().encode(text);
    this._modified++;
  }

  append(text: string): void {
    this.write(new TextDecoder().decode(this.bytes!) + text);
  }

  remove(): void {
    this.bytes = null;
  }

  async state(): Promise<{ size: number; modified: string }> {
    if (!this.bytes) throw new MissingFile();
    return { size: this.bytes.length, modified: String(this._modified) };
  }

  async read(from: number, most: number): Promise<Uint8Array> {
    if (!this.bytes) throw new MissingFile();
    const part = this.bytes.slice(from, from + most);
    this.read_ += part.length;
    return part;
  }
}

/** The line that begins a study. */
export const studyLine = (name = 's', worker = 'w'): string =>
  `{"op_code":0,"worker_id":"${worker}","study_name":"${name}","directions":[1]}\n`;

/** Lines of complete trials, as Optuna writes them, with ids from `first` on. */
export function trialLines(
  first: number,
  count: number,
  worker = 'w',
  names: readonly string[] = ['x']
): string {
  const distribution = JSON.stringify(
    '{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}'
  );
  const time = '2026-11-21T06:36:47.272030+00:00';
  return Array.from({ length: count }, (_, i) => {
    const id = first + i;
    const value = (k: number): number => (((id + 31 * k) * 7919) % 1000) / 1000;
    return [
      `{"op_code":4,"worker_id":"${worker}","study_id":0,"datetime_start":"${time}"}`,
      ...names.map(
        (name, k) =>
          `{"op_code":5,"worker_id":"${worker}","trial_id":${id},"param_name":"${name}","param_value_internal":${value(k)},"distribution":${distribution}}`
      ),
      `{"op_code":6,"worker_id":"${worker}","trial_id":${id},"state":1,"values":[${value(0)}],"datetime_complete":"${time}"}`,
      ''
    ].join('\n');
  }).join('');
}
