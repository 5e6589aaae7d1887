/** The notebook around a figure, found by the widgets that it stands in: that needs no package that knows notebooks. */
import type { Widget } from '@lumino/widgets';

/** The parts of JupyterLab's notebook that are used; those of 4.0 and of later versions alike. */
interface INotebook {
  model: {
    readOnly?: boolean;
    sharedModel: {
      insertCell(index: number, cell: object): unknown;
    };
  } | null;
  widgets: readonly Widget[];
  activeCellIndex: number;
  mode: string;
}

function isNotebook(content: unknown): content is INotebook {
  const { model, widgets } = (content ?? {}) as Partial<INotebook>;
  return Array.isArray(widgets) && typeof model?.sharedModel?.insertCell === 'function';
}

/** Where a cell can be inserted. */
export interface ICellPlace {
  /** Puts a code cell below the one in which the figure stands, and the cursor into it. It does not run. */
  insert(source: string): void;
}

/** The place below the cell of a figure; `null` where it stands in no notebook that can be changed. */
export function cellPlaceOf(figure: Widget): ICellPlace | null {
  for (let one: Widget | null = figure.parent; one; one = one.parent) {
    const { content } = one as Widget & { content?: unknown };
    if (isNotebook(content) && !content.model!.readOnly) {
      return { insert: source => insertBelow(content, figure, source) };
    }
  }
  return null;
}

function insertBelow(notebook: INotebook, figure: Widget, source: string): void {
  const own = notebook.widgets.findIndex(cell => cell.node.contains(figure.node));
  const index = (own < 0 ? notebook.activeCellIndex : own) + 1;
  // As JupyterLab's own commands do: what a reader's click made is the reader's.
  const metadata = { trusted: true };
  notebook.model!.sharedModel.insertCell(index, { cell_type: 'code', source, metadata });
  notebook.activeCellIndex = index;
  notebook.mode = 'edit';
}
