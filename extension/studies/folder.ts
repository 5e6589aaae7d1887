/** The folder that the file browser shows, found among the shell's widgets: no package of file browsers is needed. */
import type { ILabShell } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';
import type { ISignal } from '@lumino/signaling';

/** The file browser's model, which looks at the folder every few seconds. */
export interface IFolder {
  readonly path: string;
  items(): Iterable<Contents.IModel>;
  refresh(): Promise<void>;
  /** It was read again: another folder, or what has changed in this one. */
  readonly refreshed: ISignal<unknown, unknown>;
}

/** `null` where there is no file browser. */
export function folderShown(shell: Pick<ILabShell, 'widgets'>): IFolder | null {
  for (const area of ['left', 'right', 'main'] as const) {
    for (const widget of shell.widgets(area)) {
      const { model } = widget as { model?: Partial<IFolder> };
      if (widget.id === 'filebrowser' && model?.items && model.refreshed) {
        return model as IFolder;
      }
    }
  }
  return null;
}
