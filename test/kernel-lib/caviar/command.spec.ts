import fc from 'fast-check';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { caviar, command, pruners, samplers, scales, study, type Trial } from 'tunelab';
import { fillArgument, readArgument, splitCommand } from 'tunelab/dist/caviar/commandLine';
import { ProgramOutput } from 'tunelab/dist/caviar/programOutput';

describe('a command', () => {
  it.each([
    ['python train.py --lr {x}', ['python', 'train.py', '--lr', '{x}']],
    ['  a\t b\n', ['a', 'b']],
    [`"my program" 'a "b" c' d"e f"g`, ['my program', 'a "b" c', 'de fg']],
    [`a "" ''`, ['a', '', '']],
    ['C:\\bin\\a.exe $HOME; rm *', ['C:\\bin\\a.exe', '$HOME;', 'rm', '*']]
  ])('is split at blanks outside of quotes: %s', (text, expected) => {
    expect(splitCommand(text)).toEqual(expected);
  });

  it('keeps each value inside its argument, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string().filter(text => !text.includes('\0')),
        fc.double(),
        (text, number) => {
          const values = { text, number };
          expect(fillArgument(readArgument('--a={text}:{ number }'), values)).toBe(
            `--a=${text}:${number}`
          );
        }
      )
    );
  });

  it('writes flags, objects and braces', () => {
    const values = { on: true, layer: { units: 3 }, a: 1 };
    expect(fillArgument(readArgument('{on} {layer} {{a}} {{{a}}}'), values)).toBe(
      'true {"units":3} {a} {1}'
    );
  });

  it.each([
    ['', /a text, or a program and its arguments/],
    [['a', 3], /a text, or a program and its arguments/],
    ['a "b', /each quote must be closed.*character 3/],
    ['a {', /a brace begins or ends/],
    ['a {}', /a brace begins or ends/],
    ['a b}', /a brace begins or ends/]
  ])('is refused: %j', (template, told) => {
    expect(() => command(template as string)).toThrow(told);
  });

  it('names its hyperparameters, each once, without what a trial has', () => {
    expect(command('a {x} {seed} {y}{x} {trial}').placeholders).toEqual(['x', 'y']);
  });

  it('must name hyperparameters of the study', async () => {
    const search = study({ space: { x: scales.linear(0, 1) } });
    await expect(caviar(search, command('a {z} {x}'), { trials: 1 })).rejects.toThrow(
      /hyperparameter of the study \(x\), \{seed\} or \{trial\}, but got \{z\}/
    );
  });
});

describe('the output of a program', () => {
  const outcomeOf = (...texts: string[]) => {
    const output = new ProgramOutput(10);
    texts.forEach(text => output.take(text));
    return output.outcome();
  };

  it.each([
    ['0.25\n', 0.25],
    ['epoch 1\r\n1e-3\r\n\r\n', 0.001],
    ['.5', 0.5],
    ['nan\n', NaN],
    ['-inf', -Infinity],
    ['[1, 2]', [1, 2]],
    ['{"value": 3, "attributes": {"a": 1}}', { value: 3, attributes: { a: 1 } }]
  ])('ends with the result: %j', (text, expected) => {
    expect(outcomeOf(text)).toEqual(expected);
    // However it comes in pieces.
    expect(outcomeOf(...text)).toEqual(expected);
  });

  it.each([[''], ['done\n'], ['1\ndone'], ['"0.5"'], ['null'], ['0x10']])(
    'is refused: %j',
    text => {
      expect(() => outcomeOf(text)).toThrow(/last line.*must be a number, or JSON/);
    }
  );

  it('is kept from its end, so many characters', () => {
    const output = new ProgramOutput(5);
    output.take('123');
    output.take('4567\n');
    expect(output.tail).toBe('4567\n'.slice(-5));
  });
});

describe('a program as an objective', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab command '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const space = { x: scales.linear(0, 1), name: scales.choice(['two words', '$(touch bad)']) };

  /** One search with Node as the program, whose code sees the arguments in `a`. */
  async function run(code: string, options: object = {}, more: object = {}): Promise<Trial[]> {
    const search = study({ space, sampler: samplers.random(), seed: 1, ...more });
    const template = [
      process.execPath,
      '-e',
      `const a = process.argv.slice(1);${escaped(code)}`,
      '{x}',
      '{name}',
      '{seed}',
      '{trial}'
    ];
    const program = command(template, { folder, environment: { OWN: 'yes' } });
    await caviar(search, program, { trials: 2, workers: 2, progress: false, ...options });
    return [...search.trials] as Trial[];
  }
  const escaped = (code: string) => code.replace(/[{}]/g, '$&$&');
  const quiet = () => jest.spyOn(console, 'warn').mockImplementation(() => undefined);

  it('gets its arguments as they are, and tells its value, with the output as an attribute', async () => {
    const trials = await run(
      'console.log("begun"); console.log(JSON.stringify({ value: +a[0], attributes: { a, cwd: process.cwd() } }))'
    );
    for (const { state, value, config, attributes, seed, number } of trials) {
      expect({ state, value }).toEqual({ state: 'complete', value: config.x });
      expect(attributes).toMatchObject({
        a: [String(config.x), config.name, String(seed), String(number)]
      });
      expect(path.basename(attributes.cwd as string)).toBe(path.basename(folder));
      expect(attributes.output).toMatch(/^begun\n\{/);
    }
  });

  it('has a clean environment', async () => {
    process.env.TUNELAB_TEST_SECRET = 'hidden';
    const [{ attributes, seed }] = await run(
      'console.log(JSON.stringify({ value: 1, attributes: { ...process.env } }))',
      { trials: 1 }
    );
    delete process.env.TUNELAB_TEST_SECRET;
    expect(attributes).toMatchObject({
      OWN: 'yes',
      TUNELAB_TRIAL: '0',
      TUNELAB_SEED: String(seed)
    });
    expect(attributes).toHaveProperty('PATH', process.env.PATH);
    expect(attributes).not.toHaveProperty('TUNELAB_TEST_SECRET');
  });

  it.each([
    ['console.error("no such file"); process.exit(3)', /ended with code 3: no such file/],
    ['process.kill(process.pid, "SIGKILL")', /was ended by SIGKILL/],
    ['console.log("done")', /last line of the program's output/],
    ['console.log("nan")', /finite number/]
  ])('fails with the reason: %s', async (code, reason) => {
    const warn = quiet();
    const [{ state, error }] = await run(code, { trials: 1 });
    warn.mockRestore();
    expect(state).toBe('failed');
    expect(error).toMatch(reason);
  });

  it('fails where there is no such program', async () => {
    const warn = quiet();
    const search = study({ space });
    await caviar(search, command('no-such-program-at-all {x}'), { trials: 1, progress: false });
    warn.mockRestore();
    expect(search.trials[0].error).toMatch(/`no-such-program-at-all` cannot be started/);
  });

  it('reports on the way, and is ended when the pruner gives it up', async () => {
    const trials = await run(
      'let step = 0; setInterval(() => console.log(JSON.stringify({ step, value: step++ })), 5)',
      { trials: 2 },
      { pruner: pruners.threshold({ upper: 2 }) }
    );
    for (const { state, reports } of trials) {
      expect({ state, reports }).toEqual({
        state: 'pruned',
        reports: [
          [0, 0],
          [1, 1],
          [2, 2],
          [3, 3]
        ]
      });
    }
  });

  it('is ended with what it started when its time is up', async () => {
    const warn = quiet();
    const mark = path.join(folder, 'child.pid');
    const child = `require('fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid)); setInterval(() => 0, 1000)`;
    const trials = await run(
      `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => 0, 1000)`,
      { trials: 1, trialSeconds: 1.5 }
    );
    warn.mockRestore();
    expect(trials[0].error).toMatch(/longer than 1.5 s/);
    expect(existsSync(mark)).toBe(true);
    const pid = Number(readFileSync(mark, 'utf8'));
    const alive = () => {
      try {
        return process.kill(pid, 0) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      } catch {
        return false;
      }
    };
    for (let waited = 0; alive() && waited < 100; waited++) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(alive()).toBe(false);
  });
});
