import fc from 'fast-check';
import { decode } from 'tunelab/dist/storage/journal/decode';
import { encode } from 'tunelab/dist/storage/journal/encode';
import { operations } from '../operations';

const read = (line: string) => decode(line).operations;

describe('an operation as a line', () => {
  it('survives the way there and back, whatever it holds', () => {
    fc.assert(
      fc.property(operations, operation => {
        const line = encode(operation, '"me"');
        expect(line).toMatch(/^[\x20-\x7f]*$/);
        expect(read(line)).toEqual([{ ...operation, workerId: 'me' }]);
      }),
      { numRuns: 2000 }
    );
  });

  it('is what Optuna 5.0.0 writes', () => {
    // storage.create_new_study([StudyDirection.MINIMIZE, StudyDirection.MAXIMIZE], 'é'), and so on, with the lines read from the file
    expect(
      encode({ op: 'createStudy', name: 'é', directions: ['minimize', 'maximize'] }, '"w"')
    ).toBe('{"op_code":0,"worker_id":"w","study_name":"\\u00e9","directions":[1,2]}');
    expect(
      encode(
        {
          op: 'parameter',
          trial: 3,
          name: 'x',
          value: 1,
          distribution: { kind: 'float', low: -1, high: 1, log: false, step: null }
        },
        '"w"'
      )
    ).toBe(
      '{"op_code":5,"worker_id":"w","trial_id":3,"param_name":"x","param_value_internal":1.0,"distribution":"{\\"name\\": \\"FloatDistribution\\", \\"attributes\\": {\\"step\\": null, \\"low\\": -1.0, \\"high\\": 1.0, \\"log\\": false}}"}'
    );
    expect(
      encode(
        { op: 'state', trial: 0, state: 'complete', values: [0.5], ended: 1795276632176.25 },
        '"w"'
      )
    ).toBe(
      '{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[0.5],"datetime_complete":"2026-11-21T15:57:12.176250+00:00"}'
    );
  });

  it('may have the tokens NaN, Infinity and -Infinity, which are no JSON', () => {
    expect(
      read('{"op_code":7,"worker_id":"w","trial_id":0,"step":1,"intermediate_value":NaN}')
    ).toEqual([{ op: 'report', trial: 0, step: 1, value: NaN, workerId: 'w' }]);
    expect(
      read(
        '{"op_code": 8, "worker_id": "NaN", "trial_id": 0, "user_attr": {"a": [-Infinity, "NaN \\" Infinity", Infinity]}}'
      )
    ).toEqual([
      {
        op: 'trialUserAttribute',
        trial: 0,
        key: 'a',
        value: [-Infinity, 'NaN " Infinity', Infinity],
        workerId: 'NaN'
      }
    ]);
  });

  it('may name an attribute __proto__ without changing anything else', () => {
    const line =
      '{"op_code":8,"worker_id":"w","trial_id":0,"user_attr":{"__proto__":{"__proto__":NaN}}}';
    const [found] = read(line) as unknown as { key: string; value: object }[];
    expect(found.key).toBe('__proto__');
    expect(Object.entries(found.value)).toEqual([['__proto__', NaN]]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('is kept apart if its code is not known, and is an operation all the same', () => {
    expect(decode('{"op_code":11,"worker_id":"w"}')).toEqual({
      operations: [],
      isOperation: true,
      damage: 'operation 11, which this version of tunelab does not know'
    });
  });

  it('10 discards trials in another program and changes nothing, as in Optuna', () => {
    expect(decode('{"op_code":10,"worker_id":"w","trial_ids":[0]}')).toEqual({
      operations: [],
      isOperation: true
    });
  });

  it.each([
    ['', 'a blank line'],
    ['   ', 'a blank line'],
    ['\0\0', 'NUL bytes'],
    ['garbage', 'no JSON'],
    ['{"op_code":4,"worker', 'no JSON'],
    ['[1,2]', 'no operation: it has no op_code'],
    ['null', 'no operation'],
    ['17', 'no operation'],
    ['{"loss":0.5}', 'no operation: it has no op_code']
  ])('%j is none', (line, damage) => {
    expect(decode(line)).toEqual({ operations: [], isOperation: false, damage });
  });

  it.each([
    '{"op_code":0,"worker_id":"w"}',
    '{"op_code":2,"worker_id":"w","user_attr":{"a":1}}',
    '{"op_code":2,"worker_id":"w","study_id":0}',
    '{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":1,"distribution":"{}"}',
    '{"op_code":6,"worker_id":"w","trial_id":0,"state":9,"values":null}',
    '{"op_code":7,"worker_id":"w","trial_id":-1,"step":0,"intermediate_value":1}',
    '{"op_code":7,"worker_id":"w","trial_id":1,"step":"a","intermediate_value":1}'
  ])('%s says what is missing', line => {
    expect(decode(line)).toEqual({
      operations: [],
      isOperation: true,
      damage: expect.any(String)
    });
  });

  it('that was joined to a torn one is read, and the torn one named', () => {
    const line = '{"op_code":5,"worker_id":"a","tri{"op_code":1,"worker_id":"b","study_id":2}';
    expect(decode(line)).toEqual({
      operations: [{ op: 'deleteStudy', study: 2, workerId: 'b' }],
      isOperation: true,
      damage: 'a torn operation before a whole one, which was read'
    });
  });

  it('of a trial with an unknown distribution still makes a trial: the ids behind it count on that', () => {
    const line =
      '{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":4,"value":null,"values":null,' +
      '"distributions":{"x":"{\\"name\\": \\"NewDistribution\\", \\"attributes\\": {}}"},"params":{"x":1.0},' +
      '"user_attrs":{},"system_attrs":{},"intermediate_values":{}}';
    const { operations: found, damage } = decode(line);
    expect(found).toMatchObject([
      { op: 'createTrial', template: { state: 'waiting', parameters: [] } }
    ]);
    expect(damage).toContain('not known');
  });

  it.each([
    ['2026-11-21T06:36:47.272030+00:00', Date.UTC(2026, 10, 21, 6, 36, 47, 272) + 0.03],
    ['2026-11-21T06:36:47.272Z', Date.UTC(2026, 10, 21, 6, 36, 47, 272)],
    ['2026-11-21T08:36:47+02:00', Date.UTC(2026, 10, 21, 6, 36, 47)],
    // Optuna 2 wrote local time without a zone.
    ['2026-11-21T06:36:47.000001', new Date(2026, 10, 21, 6, 36, 47).getTime() + 0.001]
  ])('reads the time %s', (text, expected) => {
    const line = `{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"${text}"}`;
    expect((read(line)[0] as { started: number }).started).toBeCloseTo(expected, 6);
  });

  it('never throws, whatever stands there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), line => {
        expect(typeof decode(line).isOperation).toBe('boolean');
      })
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 }),
        fc.dictionary(
          fc.constantFrom(
            'study_id',
            'trial_id',
            'state',
            'values',
            'params',
            'distributions',
            'user_attr',
            'system_attrs',
            'intermediate_values',
            'datetime_start',
            'directions',
            'study_name'
          ),
          fc.jsonValue()
        ),
        (code, fields) => {
          const line = JSON.stringify({ op_code: code, worker_id: 1, ...fields });
          expect(decode(line).isOperation).toBe(true);
        }
      )
    );
  });
});
