/** The connection file that Jupyter writes for a kernel: where to listen, and the key of signatures. */
import { getHashes } from 'node:crypto';
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
 * @throws Error that names the file if it is missing or not JSON, or says which field will not do:
 * before anything is started.
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
  if (typeof parsed !== 'object' || parsed === null) {
    throw new Error(`The connection file ${path} is not a JSON object.`);
  }
  const wrong = (name: keyof Connection, rule: string): Error =>
    new Error(`The connection file ${path} has ${name} ${JSON.stringify(parsed[name])}: ${rule}.`);
  for (const name of PORTS) {
    const port = parsed[name];
    if (port === undefined) {
      throw new Error(`The connection file ${path} has no ${name}.`);
    }
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw wrong(name, 'a port is a whole number from 1 to 65535');
    }
  }
  const { key = '', signature_scheme: scheme = 'hmac-sha256' } = parsed;
  if (typeof key !== 'string') {
    throw wrong('key', 'the key of signatures is a text');
  }
  if (!scheme.startsWith('hmac-') || !getHashes().includes(scheme.slice('hmac-'.length))) {
    throw wrong('signature_scheme', 'hmac- and the name of a hash is expected, as in hmac-sha256');
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
