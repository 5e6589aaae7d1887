import { makeRenderer } from '../fixtures';
import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import { DocumentRegistry } from '@jupyterlab/docregistry';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { JournalDocument } from '../../../extension/journal/document';
import { openJournals } from '../../../extension/journal/open';
import { JOURNAL_FACTORY, JOURNAL_FILE_TYPE } from '../../../extension/journal/recognize';

function activated(restorer: ILayoutRestorer | null = null): DocumentRegistry {
  const docRegistry = new DocumentRegistry();
  // As JupyterLab's own editor is.
  docRegistry.addWidgetFactory({
    name: 'Editor',
    fileTypes: ['*'],
    defaultFor: ['*']
  } as unknown as DocumentRegistry.WidgetFactory);
  const serviceManager = { contents: {}, serverSettings: {} };
  openJournals({ docRegistry, serviceManager } as unknown as JupyterFrontEnd, {
    trans: nullTranslator.load('jupyterlab_tunelab'),
    figure: () => makeRenderer().renderer,
    height: () => 400,
    restorer
  });
  return docRegistry;
}

function contextOf(path: string) {
  const context = {
    path,
    get localPath() {
      return this.path;
    },
    ready: Promise.resolve(),
    pathChanged: null as unknown as Signal<object, string>
  };
  context.pathChanged = new Signal<object, string>(context);
  return context;
}

const create = (registry: DocumentRegistry, context: object): IDocumentWidget =>
  registry.getWidgetFactory(JOURNAL_FACTORY)!.createNew(context as DocumentRegistry.Context);

describe('JupyterLab with journals', () => {
  it('opens .journal with figures, and offers that for .log and .jsonl', () => {
    const registry = activated();
    const names = (path: string): string[] =>
      registry.preferredWidgetFactories(path).map(({ name }) => name);
    expect(registry.defaultWidgetFactory('a/b.journal').name).toBe(JOURNAL_FACTORY);
    for (const path of ['study.log', 'study.jsonl']) {
      expect(names(path)).toEqual(['Editor', JOURNAL_FACTORY]);
    }
    expect(names('study.txt')).toEqual(['Editor']);
    expect(registry.getFileTypesForPath('x.journal')[0].name).toBe(JOURNAL_FILE_TYPE);
  });

  it('makes models whose contents are not fetched, which are not saved and of which no copy is kept', () => {
    const models = activated().getModelFactory(JOURNAL_FILE_TYPE)!;
    expect(models.fileFormat).toBeNull();
    const model = models.createNew();
    expect(model.readOnly).toBe(true);
    // JupyterLab makes no checkpoint of what is collaborative.
    expect(model.collaborative).toBe(true);
    expect(() => model.toString()).toThrow('A journal is not saved from here.');
    model.dispose();
  });

  it('names the document as its file is named, also after that was renamed', () => {
    const context = contextOf('folder/a.journal');
    const document = create(activated(), context);
    expect(document).toBeInstanceOf(JournalDocument);
    expect(document.title.label).toBe('a.journal');
    context.path = 'folder/b.journal';
    context.pathChanged.emit(context.path);
    expect(document.title.label).toBe('b.journal');
    document.dispose();
    expect(document.content.isDisposed).toBe(true);
  });

  it('brings documents back through the command that opens files', () => {
    const restore = jest.fn(async () => undefined);
    activated({ restore } as unknown as ILayoutRestorer);
    const [, { command, args, name }] = restore.mock.calls[0] as unknown as [
      unknown,
      {
        command: string;
        args: (widget: object) => object;
        name: (widget: object) => string;
      }
    ];
    const widget = { context: contextOf('a.log') };
    expect(command).toBe('docmanager:open');
    expect(args(widget)).toEqual({ path: 'a.log', factory: JOURNAL_FACTORY });
    expect(name(widget)).toBe('a.log');
  });
});
