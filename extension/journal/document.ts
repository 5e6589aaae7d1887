/** The document that JupyterLab opens for a journal. Its contents are never fetched by JupyterLab, and never saved. */
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { DocumentRegistry, IDocumentWidget } from '@jupyterlab/docregistry';
import { Toolbar } from '@jupyterlab/ui-components';
import type { LabIcon } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import { JOURNAL_FACTORY, JOURNAL_FILE_TYPE } from './recognize';
import type { JournalPanel } from './panel';

/** The file type of files that may be journals, by their names. */
export const LOG_FILE_TYPE = 'tunelab-log';

type Context = DocumentRegistry.Context;

export class JournalDocument extends MainAreaWidget<JournalPanel> implements IDocumentWidget {
  constructor(
    readonly context: Context,
    content: JournalPanel,
    icon: LabIcon
  ) {
    super({ content, reveal: context.ready, toolbar: new Toolbar() });
    this.addClass('jp-TunelabJournalDocument');
    // It would be empty.
    this.toolbar.hide();
    this.title.icon = icon;
    const rename = (): void => {
      this.title.label = context.localPath.split('/').pop()!;
    };
    context.pathChanged.connect(rename);
    this.disposed.connect(() => context.pathChanged.disconnect(rename));
    rename();
  }

  setFragment(): void {
    // A journal has no parts to go to.
  }
}

/** Models without contents: JupyterLab fetches none where a model has no format. */
export class JournalModels implements DocumentRegistry.ModelFactory {
  readonly name = JOURNAL_FILE_TYPE;
  readonly contentType = 'file';
  readonly fileFormat = null;
  readonly collaborative = false;
  readonly isDisposed = false;

  /** @param _texts makes the models, which stay empty */
  constructor(private readonly _texts: DocumentRegistry.ModelFactory) {}

  createNew(): DocumentRegistry.IModel {
    const model = this._texts.createNew();
    model.readOnly = true;
    // What others keep JupyterLab does not save by itself, and lays no copy of it beside it.
    Object.defineProperty(model, 'collaborative', { value: true });
    // Whoever saves all the same, under another name, would get an empty file.
    model.toString = () => {
      throw new Error('A journal is not saved from here. Copy the file itself.');
    };
    return model;
  }

  preferredLanguage(): string {
    return '';
  }

  dispose(): void {
    // There is nothing to let go.
  }
}

export class JournalFactory implements DocumentRegistry.WidgetFactory {
  readonly name = JOURNAL_FACTORY;
  readonly modelName = JOURNAL_FILE_TYPE;
  readonly fileTypes = [JOURNAL_FILE_TYPE, LOG_FILE_TYPE];
  readonly defaultFor = [JOURNAL_FILE_TYPE];
  readonly readOnly = true;
  // Said in so many words: JupyterLab asks which kernel to start where nothing is said.
  readonly preferKernel = false;
  readonly canStartKernel = false;
  readonly isDisposed = false;
  readonly widgetCreated = new Signal<this, JournalDocument>(this);

  constructor(
    readonly label: string,
    private readonly _make: (context: Context) => JournalDocument
  ) {}

  createNew(context: Context): JournalDocument {
    const made = this._make(context);
    this.widgetCreated.emit(made);
    return made;
  }

  dispose(): void {
    Signal.clearData(this);
  }
}
