import type { Choice, Distribution } from '../distribution';
import { floatJson, numberJson, parseJson, valueJson } from './json';

// A study has few distributions and a journal names them in every parameter: each text is read once, each object
// written once.
const KNOWN = 1000;
const texts = new WeakMap<Distribution, string>();
const read = new Map<string, Distribution | undefined>();

/** A distribution as Optuna's `distribution_to_json` writes it. */
export function distributionText(distribution: Distribution): string {
  let text = texts.get(distribution);
  if (text === undefined) {
    text = write(distribution);
    texts.set(distribution, text);
  }
  return text;
}

function write(distribution: Distribution): string {
  if (distribution.kind === 'categorical') {
    const choices = distribution.choices.map(valueJson).join(', ');
    return `{"name": "CategoricalDistribution", "attributes": {"choices": [${choices}]}}`;
  }
  const { kind, low, high, log, step } = distribution;
  const number = kind === 'float' ? floatJson : numberJson;
  const fields =
    kind === 'float'
      ? [`"step": ${step === null ? null : number(step)}`, `"low": ${number(low)}`, `"high": ${number(high)}`, `"log": ${log}`] // prettier-ignore
      : [`"log": ${log}`, `"step": ${number(step!)}`, `"low": ${number(low)}`, `"high": ${number(high)}`]; // prettier-ignore
  const name = kind === 'float' ? 'FloatDistribution' : 'IntDistribution';
  return `{"name": "${name}", "attributes": {${fields.join(', ')}}}`;
}

/** Reads what Optuna wrote, in this version or before; `undefined` if it is no distribution that is known. */
export function readDistribution(text: unknown): Distribution | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  if (!read.has(text)) {
    if (read.size >= KNOWN) {
      read.clear();
    }
    read.set(text, parse(text));
  }
  return read.get(text);
}

function parse(text: string): Distribution | undefined {
  let given: { name?: unknown; attributes?: unknown };
  try {
    given = parseJson(text) as typeof given;
  } catch {
    return undefined;
  }
  const { low, high, step, log, q, choices } = (given?.attributes ?? {}) as Record<string, unknown>;
  const name = String(given?.name);
  if (name === 'CategoricalDistribution') {
    return Array.isArray(choices) && choices.length > 0
      ? { kind: 'categorical', choices: choices as Choice[] }
      : undefined;
  }
  if (typeof low !== 'number' || typeof high !== 'number') {
    return undefined;
  }
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  switch (name) {
    case 'FloatDistribution':
      return { kind: 'float', low, high, log: log === true, step: number(step) ?? null };
    case 'IntDistribution':
      return { kind: 'int', low, high, log: log === true, step: number(step) ?? 1 };
    // The names of Optuna before 3.0.
    case 'UniformDistribution':
    case 'LogUniformDistribution':
      return { kind: 'float', low, high, log: name.startsWith('Log'), step: null };
    case 'DiscreteUniformDistribution':
      return { kind: 'float', low, high, log: false, step: number(q) ?? null };
    case 'IntUniformDistribution':
    case 'IntLogUniformDistribution':
      return { kind: 'int', low, high, log: name.includes('Log'), step: number(step) ?? 1 };
    default:
      return undefined;
  }
}
