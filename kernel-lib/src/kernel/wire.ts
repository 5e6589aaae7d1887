/**
 * Jupyter's wire format: a list of frames, signed with HMAC.
 *
 *     [identity, …] <IDS|MSG> signature header parent_header metadata content [buffer, …]
 *
 * See "The wire protocol" in jupyter-client's documentation of messaging, version 5.4.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** Version of the message protocol that this kernel speaks. */
export const PROTOCOL_VERSION = '5.4';

const DELIMITER = Buffer.from('<IDS|MSG>');

/** The header of a message, as the other side wrote it; unknown fields are kept for the echo. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session?: string;
  username?: string;
  date?: string;
  version?: string;
}

/** A JSON object whose fields a handler checks before it uses them. */
export type Json = Record<string, unknown>;

/** A message that arrived, its signature checked. */
export interface Message {
  identities: Uint8Array[];
  header: Header;
  metadata: Json;
  content: Json;
  buffers: Uint8Array[];
}

/**
 * A message to be sent. `content` is JSON text already: the thread that owns the value writes it.
 * On the server's side of the pipe it is that text's bytes.
 */
export interface Outgoing<Content = string> {
  type: string;
  content: Content;
  parent: Header | null;
  identities: readonly Uint8Array[];
  metadata?: Json;
  buffers?: readonly Uint8Array[];
}

/** A message that cannot be read: not signed with the connection's key, or not Jupyter's frames. */
export class WireError extends Error {
  override name = 'WireError';
}

/** Reads and writes messages for one connection: `key` and `scheme` come from its connection file. */
export class Wire {
  readonly #session = randomUUID();
  readonly #algorithm: string;

  constructor(
    private readonly key: string,
    scheme = 'hmac-sha256'
  ) {
    if (!scheme.startsWith('hmac-')) {
      throw new WireError(`The signature scheme "${scheme}" is unknown: hmac-sha256 is expected.`);
    }
    this.#algorithm = scheme.slice('hmac-'.length);
  }

  /** The frames of a message, ready for a socket. */
  encode(message: Outgoing<string | Buffer>): Uint8Array[] {
    const header: Header = {
      msg_id: randomUUID(),
      msg_type: message.type,
      session: this.#session,
      username: 'kernel',
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION
    };
    const parts = [
      JSON.stringify(header),
      JSON.stringify(message.parent ?? {}),
      JSON.stringify(message.metadata ?? {}),
      message.content
    ].map(part => (typeof part === 'string' ? Buffer.from(part) : part));
    return [
      ...message.identities,
      DELIMITER,
      Buffer.from(this.#sign(parts)),
      ...parts,
      ...(message.buffers ?? [])
    ];
  }

  /**
   * Reads the frames of one message.
   * @throws WireError if frames are missing, the signature is wrong or a part is not a JSON object.
   */
  decode(frames: readonly Buffer[]): Message {
    const start = frames.findIndex(frame => frame.equals(DELIMITER));
    if (start < 0 || frames.length < start + 6) {
      throw new WireError(
        `A message has 6 frames from <IDS|MSG> on, but got ${start < 0 ? 'no <IDS|MSG>' : frames.length - start}.`
      );
    }
    const signature = frames[start + 1]!;
    const parts = frames.slice(start + 2, start + 6);
    const expected = Buffer.from(this.#sign(parts));
    // Compared in constant time: the time of an early exit would tell a forger how far he got.
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new WireError("A message was not signed with this connection's key.");
    }
    const [header, , metadata, content] = parts.map(parseObject) as [Json, Json, Json, Json];
    if (typeof header.msg_id !== 'string' || typeof header.msg_type !== 'string') {
      throw new WireError('A message without msg_id or msg_type in its header.');
    }
    return {
      identities: frames.slice(0, start),
      header: header as unknown as Header,
      metadata,
      content,
      buffers: frames.slice(start + 6)
    };
  }

  #sign(parts: readonly Buffer[]): string {
    if (this.key === '') {
      return '';
    }
    const hmac = createHmac(this.#algorithm, this.key);
    parts.forEach(part => hmac.update(part));
    return hmac.digest('hex');
  }
}

function parseObject(frame: Buffer): Json {
  let value: unknown;
  try {
    value = JSON.parse(frame.toString('utf8'));
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WireError('A part of a message is not a JSON object.');
  }
  return value as Json;
}
