import fc from 'fast-check';
import type { Operation } from 'tunelab/dist/storage/operation';
import type { Distribution } from 'tunelab/dist/storage/distribution';

/** Numbers as trials have them, with the ones that JSON does not know. */
const numbers = fc.double();
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'NaN', 'Infinity', '"\\', 'é\u2028\ud800', '\0\n')
);
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, NaN, -Infinity, -0),
    numbers,
    texts,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(texts, tie('value')), { maxLength: 3 }).map(Object.fromEntries)
  )
})).value as fc.Arbitrary<never>;
const id = fc.nat();
/** To the microsecond, as they are kept. */
const time = fc.integer({ min: 0, max: 4e15 }).map(micros => micros / 1000);
const values = fc.option(fc.array(numbers, { minLength: 1, maxLength: 3 }));
const distribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({
    kind: fc.constant('float' as const),
    low: numbers,
    high: numbers,
    log: fc.boolean(),
    step: fc.option(numbers)
  }),
  fc.record({
    kind: fc.constant('int' as const),
    low: fc.integer(),
    high: fc.integer(),
    log: fc.boolean(),
    step: fc.integer({ min: 1 })
  }),
  fc.record({
    kind: fc.constant('categorical' as const),
    choices: fc.array(fc.oneof(texts, numbers, fc.boolean(), fc.constant(null)), { minLength: 1 })
  })
);
const state = fc.constantFrom('waiting', 'running', 'complete', 'pruned', 'failed' as const);
const parameter = fc.record({ name: texts, value: numbers, distribution });
const entry = fc.tuple(texts, json);
const unique = { maxLength: 3, selector: (pair: readonly unknown[]) => pair[0] };
const template = fc.record({
  state,
  values,
  ended: fc.option(time),
  parameters: fc.uniqueArray(parameter, { maxLength: 3, selector: ({ name }) => name }),
  // In an object, as Optuna keeps them, whole numbers stand in their order.
  reports: fc
    .uniqueArray(fc.tuple(fc.nat(), numbers), unique)
    .map(list => list.sort(([a], [b]) => a - b)),
  userAttributes: fc.uniqueArray(entry, unique).map(ordered),
  systemAttributes: fc.uniqueArray(entry, unique).map(ordered)
});

/** As an object has its keys: those that are whole numbers first. */
function ordered<Value>(entries: [string, Value][]): [string, Value][] {
  return Object.entries(Object.fromEntries(entries));
}

const attribute = { key: texts, value: json };

/** Any operation that can be written. */
export const operations: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    op: fc.constant('createStudy' as const),
    name: texts,
    directions: fc.array(fc.constantFrom('minimize', 'maximize' as const), { minLength: 1 })
  }),
  fc.record({ op: fc.constant('deleteStudy' as const), study: id }),
  fc.record({
    op: fc.constantFrom('studyUserAttribute', 'studySystemAttribute' as const),
    study: id,
    ...attribute
  }),
  fc.record({ op: fc.constant('createTrial' as const), study: id, started: fc.option(time) }),
  fc.record({
    op: fc.constant('createTrial' as const),
    study: id,
    started: fc.option(time),
    template: template.map(t => ({
      ...t,
      parameters: ordered(t.parameters.map(each => [each.name, each])).map(([, each]) => each)
    }))
  }),
  fc.record({
    op: fc.constant('parameter' as const),
    trial: id,
    name: texts,
    value: numbers,
    distribution
  }),
  fc.tuple(id, state, values, time).map(([trial, to, several, at]) => ({
    op: 'state' as const,
    trial,
    state: to,
    values: several,
    ...(to === 'running' ? { started: at } : to === 'waiting' ? {} : { ended: at })
  })),
  fc.record({ op: fc.constant('report' as const), trial: id, step: fc.nat(), value: numbers }),
  fc.record({
    op: fc.constantFrom('trialUserAttribute', 'trialSystemAttribute' as const),
    trial: id,
    ...attribute
  })
) as fc.Arbitrary<Operation>;
