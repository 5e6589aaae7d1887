/** Open notebooks, as widgets of the shell show what they are: no package that knows notebooks is needed. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

interface ICell {
  type: string;
  trusted: boolean;
  outputs?: { length: number };
}

export interface INotebook extends Widget {
  sessionContext: ISessionContext;
  content: Widget & {
    model: { cells: Iterable<ICell>; contentChanged: ISignal<unknown, unknown> } | null;
  };
}

export function isNotebook(widget: Widget): widget is INotebook {
  const { sessionContext, content } = widget as Widget &
    Partial<Pick<INotebook, 'sessionContext' | 'content'>>;
  return sessionContext !== undefined && content?.model?.cells !== undefined;
}

/** Whether nothing in it comes from somebody else: each code cell is trusted, or has no outputs. */
export function isTrusted({ content }: INotebook): boolean {
  return Array.from(content.model?.cells ?? []).every(
    ({ type, trusted, outputs }) => type !== 'code' || trusted || outputs?.length === 0
  );
}

const answers = new WeakMap<Kernel.IKernelConnection, boolean>();

/**
 * Whether a kernel is tunelab's, which has comms of ours; `undefined` until it has said so, which `whenKnown` then hears. Others
 * are not asked, since they would complain of a target that they do not know.
 */
export function isOurs(
  kernel: Kernel.IKernelConnection,
  whenKnown: () => void
): boolean | undefined {
  if (!answers.has(kernel)) {
    kernel.info.then(
      ({ implementation }) => {
        const isNew = !answers.has(kernel);
        answers.set(kernel, implementation === 'tunelab');
        if (isNew) whenKnown();
      },
      // It ended before it could say.
      () => undefined
    );
  }
  return answers.get(kernel);
}
