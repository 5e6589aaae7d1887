/** Changes a valid payload as a damaged file, a newer version or an attacker would. Everything follows from the seed. */
import type { Rng } from 'tunelab/dist/numeric/rng';

const TEXTS = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<a href="javascript:alert(1)">here</a>',
  '<a href="https://elsewhere.example" target="_top">here</a>',
  '<b>bold</b><br><sub>1</sub><span style="fill:red">x</span>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '%{x}<extra></extra>%{customdata[0]}%{marker.color}',
  '$\\href{javascript:alert(1)}{x}$',
  'javascript:alert(1)',
  '"><svg onload=alert(1)>',
  '__proto__',
  'constructor',
  'toString',
  '\u0000\ud800\u202e',
  '',
  'x'.repeat(20_000),
  'https://elsewhere.example/x.png',
  'NaN'
];
const NUMBERS = [0, -0, -1, 1, 0.5, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 1e6, Infinity, NaN];
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'then',
  'x',
  'length',
  '0'
];

type Node = Record<string, unknown>;

interface Place {
  parent: Node;
  key: string;
}

/** All fields within a value, up to a number that keeps a change quick. */
function places(root: unknown): Place[] {
  const found: Place[] = [];
  const waiting = [root];
  while (waiting.length > 0 && found.length < 3000) {
    const parent = waiting.pop() as Node;
    for (const key of Object.keys(parent)) {
      found.push({ parent, key });
      if (typeof parent[key] === 'object' && parent[key] !== null) waiting.push(parent[key]);
    }
  }
  return found;
}

function pickOf<T>(rng: Rng, list: readonly T[]): T {
  return list[rng.integer(list.length)];
}

function junk(rng: Rng, root: unknown): unknown {
  switch (rng.integer(8)) {
    case 0:
      return null;
    case 1:
      return rng.uniform() < 0.5;
    case 2:
      return [];
    case 3:
      return {};
    case 4:
      return pickOf(rng, NUMBERS);
    case 5:
      return structuredClone(root);
    case 6:
      return JSON.parse('['.repeat(500) + ']'.repeat(500));
    default:
      return pickOf(rng, TEXTS);
  }
}

/** Own even where it is named `__proto__`, as JSON.parse makes it. */
function define(parent: Node, key: string, value: unknown): void {
  // JSON gives a list nothing but entries.
  if (Array.isArray(parent) && !/^\d+$/.test(key)) {
    parent.push(value);
    return;
  }
  Object.defineProperty(parent, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true
  });
}

function damageText(rng: Rng, text: string): unknown {
  const at = rng.integer(text.length + 1);
  switch (rng.integer(4)) {
    case 0:
      return pickOf(rng, TEXTS);
    case 1:
      return text.slice(0, at) + pickOf(rng, TEXTS) + text.slice(at);
    case 2:
      return text.slice(0, at);
    default:
      // Other base64 letters stand for other numbers: NaN, infinities, denormals.
      return (
        text.slice(0, at) + pickOf(rng, ['AAAA', '////', '8H8A', '__', '=']) + text.slice(at + 4)
      );
  }
}

function change(rng: Rng, root: unknown): void {
  const all = places(root);
  if (all.length === 0) return;
  const { parent, key } = pickOf(rng, all);
  const value = parent[key];
  switch (rng.integer(8)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(parent, key);
      return;
    case 1:
      define(parent, pickOf(rng, NAMES), junk(rng, root));
      return;
    case 2:
      define(parent, key, junk(rng, root));
      return;
    case 3: {
      const other = pickOf(rng, all);
      define(parent, key, structuredClone(other.parent[other.key]));
      return;
    }
    case 4:
      if (Array.isArray(parent)) parent.push(structuredClone(value));
      else define(parent, `${key}${pickOf(rng, NAMES)}`, structuredClone(value));
      return;
    default:
      if (typeof value === 'string') define(parent, key, damageText(rng, value));
      else if (typeof value === 'number') define(parent, key, pickOf(rng, NUMBERS));
      else if (typeof value === 'boolean') define(parent, key, !value);
      else define(parent, key, junk(rng, root));
  }
}

/** Changes no shape, only what a reader sees: every text, or one, is hostile. */
function hostileTexts(rng: Rng, root: unknown): void {
  const all = rng.uniform() < 0.5;
  for (const { parent, key } of places(root)) {
    const value = parent[key];
    const named = ['kind', 'scale', 'dtype', 'data', 'figure', 'symbol', 'along', 'axis'].includes(
      key
    );
    if (typeof value === 'string' && !named && (all || rng.uniform() < 0.1)) {
      parent[key] = pickOf(rng, TEXTS).slice(0, 9000);
    }
  }
}

/** A payload from valid JSON, one to four changes away from it. */
export function mutate(rng: Rng, json: string): unknown {
  const root = JSON.parse(json) as unknown;
  if (rng.uniform() < 0.2) hostileTexts(rng, (root as Node).columns);
  if (rng.uniform() < 0.2) hostileTexts(rng, root);
  const changes = rng.integer(4);
  for (let i = 0; i < changes; i++) change(rng, root);
  return root;
}
