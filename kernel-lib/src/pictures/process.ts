/**
 * The process that draws pictures, beside the one that runs the notebook: Plotly and jsdom take
 * hundreds of megabytes and a second to load, and a figure must not hold up a cell.
 */
import type { PictureReply, PictureRequest } from './protocol';
import { Renderer } from './renderer';

const renderer = new Renderer();

// One after another: Plotly measures texts in one shared place of the document.
let last: Promise<void> = Promise.resolve();

async function answer({ id, payload, ...size }: PictureRequest): Promise<void> {
  let reply: PictureReply;
  try {
    reply = { id, ...(await renderer.render(payload, size)) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  // The callback takes the error of a channel that closed meanwhile; 'disconnect' does the rest.
  process.send?.(reply, undefined, undefined, () => undefined);
  // A picture leaves a hundred megabytes of what jsdom has built; they would wait until the heap is full.
  globalThis.gc?.();
}

process.on('message', (request: PictureRequest) => {
  last = last.then(() => answer(request));
});

// The one that asked has ended, in whatever way: nobody waits for pictures any more.
process.on('disconnect', () => process.exit(0));

// Ctrl-C in a terminal and a kernel's interrupt reach the whole group; they are not meant for
// pictures. The parent ends this process by closing the channel.
process.on('SIGINT', () => undefined);
