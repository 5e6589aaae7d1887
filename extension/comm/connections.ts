import type { ISessionContext } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { Connection } from './connection';
import { sessionOf, SessionSource } from './sessionSource';

/** One connection for each session, kept as long as its session. */
const connections = new WeakMap<ISessionContext, Connection>();

/** The connection to the kernel of the panel in which a widget stands; `null` outside of panels that have one. */
export function connectionOf(widget: Widget, trans: TranslationBundle): Connection | null {
  const session = sessionOf(widget);
  if (!session || session.isDisposed) {
    return null;
  }
  let connection = connections.get(session);
  if (!connection) {
    connection = new Connection(new SessionSource(session), trans);
    connections.set(session, connection);
  }
  return connection;
}
