/** What must hold of any payload: a figure without live markup, or a sentence. Nothing else, and no other error. */
import { parsePayload } from 'tunelab/dist/figures/payload';
import { plotlySpec } from 'tunelab/dist/figures/spec';

/** Where, what must hold, what came; then what to do. */
const SENTENCE = /^[^\n]+: [^]+, but got [^]+\.\n[^\n]+\.$/;

/** Compared by Plotly and never shown. */
const UNSEEN = ['uirevision', 'legendgroup'];

/** Markup of our own: line ends, and the box beside a hover text. */
const OURS = /<br>|<extra>|<\/extra>/g;
const FIELDS = /%\{(?:text|x|y|z|customdata\[\d\]|label|value)(?::[^}<&]*)?\}/g;

/** What of a string Plotly would take for more than text. */
function liveIn(text: string): boolean {
  if (text.startsWith('data:image/png;base64,')) return !/^[\w+/=:;,]*$/.test(text);
  return text.replace(OURS, '').includes('<');
}

/** Looks at every string of a spec; templates hold only fields of ours. */
function findLive(root: unknown): string | undefined {
  const waiting: [key: string, value: unknown][] = [['', root]];
  while (waiting.length > 0) {
    const [key, value] = waiting.pop()!;
    if (UNSEEN.includes(key)) continue;
    if (typeof value === 'string') {
      if (liveIn(value)) return `${key}: ${value.slice(0, 200)}`;
      if (/template$/.test(key) && value.replace(FIELDS, '').includes('%{'))
        return `${key}: ${value}`;
      if (/^(?:source|href|src|url)$/.test(key) && !value.startsWith('data:image/png;base64,')) {
        return `${key}: ${value}`;
      }
    } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const [name, one] of Object.entries(value))
        waiting.push([Array.isArray(value) ? key : name, one]);
    }
  }
  return undefined;
}

/** Whether it was drawn or refused; throws where neither was done well. */
export function judge(payload: unknown): 'drawn' | 'refused' {
  let spec;
  try {
    spec = plotlySpec(parsePayload(payload));
  } catch (error) {
    const known = error instanceof RangeError || error instanceof TypeError;
    if (known && SENTENCE.test(error.message) && error.message.length < 5000) return 'refused';
    throw error;
  }
  const live = findLive([spec.data, spec.layout]);
  if (live !== undefined) throw new Error(`Live markup: ${live}`);
  return 'drawn';
}
