/** MIME bundles: of values that show themselves, of `kernel.display`, and of tslab's own displays. */
import { inspect } from 'node:util';
import type { MimeBundle } from '../host';

/** The same symbols as in host.ts; the kernel takes only types from the library. */
const DISPLAY = Symbol.for('Jupyter.display');

/** A bundle complete, as it goes into a message. */
export type FullBundle = Required<MimeBundle>;

/**
 * Checks a bundle and completes it. Takes `{ data, metadata }` or plain representations by MIME
 * type, as Deno's kernel does: a MIME type has a slash, `data` has none.
 * @throws TypeError if it is neither.
 */
export function fullBundle(value: unknown, where: string): FullBundle {
  const bundle = isRecord(value) && isRecord(value.data) ? value : { data: value };
  const { data, metadata = {} } = bundle as { data: unknown; metadata?: unknown };
  const wrong = isRecord(data) && Object.keys(data).find(key => !key.includes('/'));
  if (!isRecord(data) || Object.keys(data).length === 0 || wrong || !isRecord(metadata)) {
    const got =
      typeof wrong === 'string' ? `the key ${JSON.stringify(wrong)}` : inspect(value, { depth: 0 });
    throw new TypeError(
      `${where}: a MIME bundle such as { 'text/plain': '…' } or { data: { 'text/plain': '…' }, metadata: {} } must come, but got ${got}.\nReturn representations by MIME type.`
    );
  }
  return { data, metadata: metadata as Record<string, unknown> };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The bundle of a cell's last value: its own, if it shows itself, else what `util.inspect` says. Nothing if it has shown
 * itself by other ways: its method then gives nothing.
 */
export async function bundleOf(value: unknown): Promise<FullBundle | undefined> {
  const show = displayMethod(value);
  if (show) {
    const bundle = await show.call(value);
    return bundle === undefined
      ? undefined
      : fullBundle(bundle, "[Symbol.for('Jupyter.display')]()");
  }
  return { data: { 'text/plain': inspect(value) }, metadata: {} };
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return undefined;
  }
  const method = (value as Record<symbol, unknown>)[DISPLAY];
  return typeof method === 'function' ? (method as () => unknown) : undefined;
}

/** What `tslab.display` and `tslab.newDisplay` hand to their kernel. */
export interface TslabDisplay {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: { display_id?: string };
}
