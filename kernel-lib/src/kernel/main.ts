/** Starts a kernel: the server in this process, the user's code in one of its own beside it. */
import { readConnection } from './connection';
import { kernelInfo } from './kernelInfo';
import { note } from './note';
import { requireKernelPackages } from './peers';
import { Server } from './server';

/**
 * Serves one kernel until Jupyter shuts it down.
 * @throws Error with a sentence if the connection file or a package is missing.
 */
export function startKernel(connectionFile: string): void {
  const connection = readConnection(connectionFile);
  requireKernelPackages();
  const server = new Server(connection, kernelInfo());
  server.start().catch((error: unknown) => {
    note((error as Error).message);
    process.exit(1);
  });
}
