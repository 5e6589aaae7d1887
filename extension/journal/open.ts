/** Has JupyterLab open journals of studies as documents with figures. */
import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { fileIcon, LabIcon } from '@jupyterlab/ui-components';
import journalSvg from '../../style/journal.svg';
import type { FigureRenderer } from '../renderer';
import { JournalDocument, JournalFactory, JournalModels, LOG_FILE_TYPE } from './document';
import { JournalPanel } from './panel';
import { JOURNAL_FACTORY, JOURNAL_FILE_TYPE } from './recognize';
import { FileSource } from './source';

export interface IJournalOptions {
  trans: TranslationBundle;
  figure: () => FigureRenderer;
  height: () => number;
  /** Brings documents back after the page was reloaded. */
  restorer: ILayoutRestorer | null;
}

/** `.journal` opens as one; `.log` and `.jsonl` by "Open With", since most of them are something else. */
export function openJournals(
  { docRegistry, serviceManager }: JupyterFrontEnd,
  { trans, figure, height, restorer }: IJournalOptions
): void {
  const texts = docRegistry.getModelFactory('text');
  if (!texts) {
    return;
  }
  const icon = new LabIcon({ name: 'jupyterlab-tunelab:journal', svgstr: journalSvg });
  docRegistry.addFileType({
    name: JOURNAL_FILE_TYPE,
    displayName: trans.__('Journal of studies'),
    extensions: ['.journal'],
    mimeTypes: ['application/x-ndjson'],
    icon
  });
  docRegistry.addFileType({
    name: LOG_FILE_TYPE,
    displayName: trans.__('Log'),
    extensions: ['.log', '.jsonl'],
    mimeTypes: ['text/plain'],
    icon: fileIcon
  });
  const server = { contents: serviceManager.contents, settings: serviceManager.serverSettings };
  const factory = new JournalFactory(trans.__('Journal of studies'), context => {
    const source = new FileSource(server, () => context.path);
    return new JournalDocument(context, new JournalPanel({ source, trans, figure, height }), icon);
  });
  docRegistry.addModelFactory(new JournalModels(texts));
  docRegistry.addWidgetFactory(factory);
  const tracker = new WidgetTracker<JournalDocument>({ namespace: 'tunelab-journal' });
  factory.widgetCreated.connect((_, widget) => {
    void tracker.add(widget);
    widget.context.pathChanged.connect(() => void tracker.save(widget));
  });
  void restorer?.restore(tracker, {
    command: 'docmanager:open',
    args: ({ context }) => ({ path: context.path, factory: JOURNAL_FACTORY }),
    name: ({ context }) => context.path
  });
}
