import { randomUUID } from 'node:crypto';
import { TextDecoder, TextEncoder } from 'node:util';

/** What JupyterLab's packages and our theme need and jsdom lacks. Imported first by every spec here. */
if (typeof DragEvent === 'undefined') {
  Object.assign(globalThis, { DragEvent: class extends MouseEvent {} });
}
if (typeof window.matchMedia === 'undefined') {
  window.matchMedia = () =>
    Object.assign(new EventTarget(), { matches: false }) as unknown as MediaQueryList;
}
for (const [name, value] of Object.entries({ TextEncoder, TextDecoder })) {
  (globalThis as Record<string, unknown>)[name] ??= value;
}
(crypto as { randomUUID: () => string }).randomUUID ??= randomUUID;
window.requestIdleCallback ??= callback =>
  window.setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 1 }));
// jsdom reports a missing canvas as an error on the console; a browser without one answers null.
HTMLCanvasElement.prototype.getContext = () => null;

export {};
