/** Starts a kernel: the server thread first, so that Jupyter hears it while the compiler loads. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FromServer, SharedFlags, type ToServer } from './bridge';
import { Compiler } from './compiler';
import { readConnection } from './connection';
import { Executor } from './executor';
import { kernelInfo } from './kernelInfo';
import { note } from './note';
import { requirePeer } from './peers';
import type { ServerData } from './server';
import { Session } from './session';
import type { TslabDisplay } from './display';

/**
 * Serves one kernel until Jupyter shuts it down.
 * @throws Error with a sentence if the connection file or a package is missing.
 */
export function startKernel(connectionFile: string): void {
  const connection = readConnection(connectionFile);
  requirePeer('typescript/package.json');
  requirePeer('zeromq/package.json');
  const flags = new SharedFlags();
  const workerData: ServerData = { connection, kernelInfo: kernelInfo(), flags: flags.buffer };
  const server = new Worker(path.join(__dirname, 'server.js'), { workerData, execArgv: [] });
  server.on('error', error => {
    note((error as Error).message);
    process.exit(1);
  });
  const post = (message: ToServer): void => server.postMessage(message);

  const compiler = new Compiler(process.cwd());
  // Lets V8 warm up on the compiler before the first cell comes.
  compiler.discard(
    compiler.compile('const warm = [1, 2].map(x => x + 1); console.log(`${warm}`);')
  );
  const loadTslab = (): unknown => {
    connectTslab(session);
    return requirePeer('tslab');
  };
  const executor = new Executor(compiler, flags, process.cwd(), loadTslab);
  const session = new Session(compiler, executor, flags, post);
  session.install();
  server.on('message', (message: FromServer) => session.take(message));
}

/** `tslab.display` and `tslab.newDisplay` write through a variable of tslab's Jupyter module. */
function connectTslab(session: Session): void {
  const jupyter = requirePeer<{
    lastWriteDisplayData: (data: TslabDisplay, update?: boolean) => void;
  }>('tslab/dist/jupyter');
  jupyter.lastWriteDisplayData = (data, update = false) => session.showTslab(data, update);
}
