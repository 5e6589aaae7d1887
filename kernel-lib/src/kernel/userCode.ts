/**
 * The process of the user's code, started by the server: a relay thread for messages, and the main
 * thread for the compiler and the cells.
 */
import './compileCache';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FromRelay, SharedFlags, type ToServer, weight } from './bridge';
import { Compiler } from './compiler';
import type { TslabDisplay } from './display';
import { Executor } from './executor';
import { protectImmediates } from './immediates';
import { note } from './note';
import { requirePeer } from './peers';
import { Session } from './session';

function start(): void {
  protectImmediates();
  const flags = new SharedFlags();
  const relay = new Worker(path.join(__dirname, 'relay.js'), {
    workerData: flags.buffer,
    execArgv: []
  });
  relay.on('error', error => {
    note((error as Error).message);
    process.kill(process.pid, 'SIGKILL');
  });
  const post = (message: ToServer): void => {
    flags.addUnsent(weight(message));
    relay.postMessage(message);
  };

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
  relay.on('message', (message: FromRelay) => session.take(message));
}

/** `tslab.display` and `tslab.newDisplay` write through a variable of tslab's Jupyter module. */
function connectTslab(session: Session): void {
  const jupyter = requirePeer<{
    lastWriteDisplayData: (data: TslabDisplay, update?: boolean) => void;
  }>('tslab/dist/jupyter');
  jupyter.lastWriteDisplayData = (data, update = false) => session.showTslab(data, update);
}

start();
