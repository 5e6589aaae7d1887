/** Which comms are open, read off the messages that pass: so comm_info is answered at any time. */
import type { Json } from './wire';

export class CommBook {
  readonly #targets = new Map<string, string>();

  /** Takes note of a comm message of either side; `content` is asked for only if it matters. */
  note(type: string, content: () => Json): void {
    if (type === 'comm_open') {
      const { comm_id: id, target_name: target } = content();
      this.#targets.set(String(id), String(target));
    } else if (type === 'comm_close') {
      this.#targets.delete(String(content().comm_id));
    }
  }

  /** The comms of comm_info_reply; with a target's name, only its own. */
  find(target: unknown): Json {
    const open = [...this.#targets].filter(
      ([, name]) => typeof target !== 'string' || name === target
    );
    return Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }]));
  }
}
