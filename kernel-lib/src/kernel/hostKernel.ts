/** The kernel as code in cells meets it: `globalThis[Symbol.for('tunelab.kernel')]`. */
import type { Imported, Kernel } from '../host';
import type { Cell } from './cell';
import type { Comms, Runner } from './comms';
import { fullBundle, type FullBundle } from './display';
import type { PromptOptions } from './prompts';

/** Under which name a display is shown, and whether it replaces the one of that name. */
export interface DisplayOptions {
  displayId?: string;
  update?: boolean;
}

/** Where the output of code goes. */
export interface CellOutput {
  /** The cell that began the code which runs now. */
  cell(): Cell;
  show(bundle: FullBundle, cell: Cell, options: DisplayOptions): void;
  ask(cell: Cell, text?: string, options?: PromptOptions): Promise<string>;
  bind(): Runner;
  importOf(name: string): Imported | undefined;
  nameOf(value: object): string | undefined;
}

/** What this kernel offers: all of the library's interface. */
export type HostKernel = Required<Kernel>;

/** Makes the kernel known to the library, and gives cells the global `prompt`. */
export function offerKernel(output: CellOutput, comms: Comms): void {
  const kernel: HostKernel = {
    version: 1,
    kind: 'tslab-launcher',
    get signal() {
      return output.cell().signal;
    },
    display: (bundle, options = {}) => {
      const cell = output.cell();
      const send = (ready: unknown): void =>
        output.show(fullBundle(ready, 'display'), cell, options);
      if (!(bundle instanceof Promise)) {
        // Sent at once, so that displays and printed lines keep their order.
        try {
          send(bundle);
          return Promise.resolve();
        } catch (error) {
          return Promise.reject(error as Error);
        }
      }
      // Held through a promise of its own: waiting for `sent` itself would count as handling its
      // error, and a failure that nobody awaits would be lost.
      return bundle.then(send).finally(cell.hold());
    },
    input: (text, options) => output.ask(output.cell(), text, options),
    bind: () => output.bind(),
    importOf: name => output.importOf(name),
    nameOf: value => output.nameOf(value),
    registerTarget: (name, target) => comms.registerTarget(name, target),
    openComm: (target, data, buffers) => comms.open(target, data, buffers)
  };
  Object.assign(globalThis, { [Symbol.for('tunelab.kernel')]: kernel, prompt: kernel.input });
}
