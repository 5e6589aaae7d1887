/* global window, document, HTMLCanvasElement, requestAnimationFrame */
// What runs in the page of a JupyterLab: outputs arrive, are waited for, scrolled and panned over.

/** Counts contexts of WebGL that the browser takes away. Before anything else of the page. */
export function countLostContexts() {
  window.contexts = { made: 0, lost: 0 };
  const { getContext } = HTMLCanvasElement.prototype;
  const seen = new WeakSet();
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const context = getContext.call(this, kind, ...rest);
    if (/webgl/.test(kind) && context && !seen.has(this)) {
      seen.add(this);
      window.contexts.made += 1;
      this.addEventListener('webglcontextlost', () => (window.contexts.lost += 1));
    }
    return context;
  };
}

/** Milliseconds from the arrival of an output in the first cell until what it draws has been painted. */
export async function timeOutput([bundle, selector]) {
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const [cell] = window.jupyterapp.shell.currentWidget.content.model.cells;
  const began = performance.now();
  cell.outputs.clear();
  cell.outputs.add({ output_type: 'display_data', metadata: {}, data: bundle });
  while (!document.querySelector(selector)) {
    if (performance.now() - began > 60_000) throw new Error(`No ${selector} came.`);
    await new Promise(resolve => setTimeout(resolve, 2));
  }
  await frame();
  await frame();
  return performance.now() - began;
}

/** Milliseconds to go through all cells, each waited for until it is drawn. */
export async function timeScroll(selector) {
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const { content } = window.jupyterapp.shell.currentWidget;
  const began = performance.now();
  for (let i = 0; i < content.widgets.length; i++) {
    const due = performance.now() + 30_000;
    await content.scrollToItem(i);
    while (!content.widgets[i].node.querySelector(selector)) {
      if (performance.now() > due) throw new Error(`Figure ${i} was not drawn.`);
      await frame();
    }
    await frame();
  }
  return performance.now() - began;
}

/** Begins to note how long each frame takes, in `window.frames`; begins anew when called again. */
export function watchFrames() {
  const known = window.frameTimes !== undefined;
  window.frameTimes = [];
  if (known) return;
  let last = performance.now();
  const note = () => {
    const now = performance.now();
    window.frameTimes.push(now - last);
    last = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}
