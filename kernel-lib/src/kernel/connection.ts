/** The connection file that Jupyter writes for a kernel: where to listen, and the key of signatures. */
import { readFileSync } from 'node:fs';

/** The fields of a connection file that a kernel needs. */
export interface Connection {
  transport: string;
  ip: string;
  key: string;
  signature_scheme: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
}

const PORTS = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const;

/**
 * Reads a connection file.
 * @throws Error that names the file if it is missing, not JSON or lacks a port.
 */
export function readConnection(path: string): Connection {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(
      `The connection file ${path} cannot be read. Jupyter writes it and starts the kernel itself: choose the kernel in a notebook.`,
      { cause: error }
    );
  }
  let parsed: Partial<Connection>;
  try {
    parsed = JSON.parse(text) as Partial<Connection>;
  } catch (error) {
    throw new Error(`The connection file ${path} is not JSON.`, { cause: error });
  }
  for (const port of PORTS) {
    if (!Number.isInteger(parsed[port])) {
      throw new Error(`The connection file ${path} has no ${port}.`);
    }
  }
  return {
    transport: 'tcp',
    ip: '127.0.0.1',
    key: '',
    signature_scheme: 'hmac-sha256',
    ...parsed
  } as Connection;
}

/** The address to bind for a port; ipc addresses are files named by the port, as in jupyter-client. */
export function address(connection: Connection, port: number): string {
  const separator = connection.transport === 'ipc' ? '-' : ':';
  return `${connection.transport}://${connection.ip}${separator}${port}`;
}
