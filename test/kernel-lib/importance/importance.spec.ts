import { importance, lecturePriorities, samplers, scales, study, type StudyView } from 'tunelab';
import { KERNEL_SYMBOL, type Kernel, type MimeBundle } from 'tunelab/dist/host';
import { optunaValues } from '../../fixtures/optunaValues';

const recorded = optunaValues.importance;
const methods = ['fanova', 'permutation'] as const;
const unit = scales.linear(0, 1);
const spaces = {
  additive: { x: scales.linear(-2, 3), y: scales.linear(-2, 3), z: scales.linear(-2, 3) },
  interplay: {
    a: unit,
    b: unit,
    layers: scales.integer(1, 20),
    kind: scales.choice(['relu', 'tanh', 'sigmoid'])
  }
};
type Kept = { value: number | null; config: object; state?: string };
const stored = (space: object, trials: Kept[]) =>
  ({
    name: 'stored',
    direction: 'minimize',
    space,
    trials: trials.map((trial, number) => ({ number, state: 'complete', ...trial }))
  }) as unknown as StudyView;
const recordedStudy = (name: keyof typeof spaces) =>
  stored(
    spaces[name],
    (recorded[name].trials as [object, number][]).map(([config, value]) => ({ config, value }))
  );

/** Mean over ten forests, by name. */
async function means(view: StudyView, method: (typeof methods)[number], normalize: boolean) {
  const sums: Record<string, number> = {};
  for (let seed = 0; seed < 10; seed++) {
    for (const { name, importance: value } of await importance(view, {
      method,
      normalize,
      seed
    })) {
      sums[name] = (sums[name] ?? 0) + value / 10;
    }
  }
  return sums;
}

describe('fanova', () => {
  // Forests differ by their random numbers, so means over ten seeds are compared.
  it("agrees with Optuna's FanovaImportanceEvaluator to 0.015 of 1 where all values are continuous", async () => {
    const found = await means(recordedStudy('additive'), 'fanova', true);
    for (const [name, [mean]] of Object.entries(recorded.additive.fanova)) {
      expect(found[name]).toBeAllclose(mean, { atol: 0.015 });
    }
  });

  // Optuna gives the lowest and the highest whole number half of a share, and each category a dimension of its own.
  it('comes nearer than Optuna to the exact shares where there are whole numbers and choices', async () => {
    // f = 4 (a - 0.3) (b - 0.6) + 0.05 layers + {0, 0.2, 0.6}: variances of E[f | one of them]
    const exact: Record<string, number> = {
      a: 0.4 ** 2 / 12,
      b: 0.8 ** 2 / 12,
      layers: (0.05 ** 2 * (20 ** 2 - 1)) / 12,
      kind: 0.56 / 9
    };
    const sum = Object.values(exact).reduce((x, y) => x + y);
    const found = await means(recordedStudy('interplay'), 'fanova', true);
    const optuna: Record<string, number[]> = recorded.interplay.fanova;
    const misses = Object.entries(exact).map(([name, variance]) => [
      Math.abs(found[name] - variance / sum),
      Math.abs(optuna[name][0] - variance / sum)
    ]);
    const [ours, theirs] = [0, 1].map(side => Math.max(...misses.map(pair => pair[side])));
    expect(ours).toBeLessThan(0.03);
    expect(ours).toBeLessThan(theirs);
  });
});

describe.each(['additive', 'interplay'] as const)('on the stored study %s', name => {
  it("permutation agrees with scikit-learn's permutation_importance to 6 % and 0.01", async () => {
    const found = await means(recordedStudy(name), 'permutation', false);
    const expected = Object.entries<number[]>(recorded[name].permutation);
    for (const [parameter, [mean]] of expected) {
      expect(found[parameter]).toBeAllclose(mean, { rtol: 0.06, atol: 0.01 });
    }
  });
});

describe.each(methods)('importance by %s keeps the contract:', method => {
  it('adds up to 1, the most important first, the same for the same seed', async () => {
    const view = recordedStudy('additive');
    const found = await importance(view, { method, seed: 3 });
    expect(found.reduce((sum, { importance: value }) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(found.map(({ name }) => name)).toEqual(['x', 'y', 'z']);
    expect(await importance(view, { method, seed: 3 })).toEqual(found);
    expect(await importance(view, { method, seed: 4 })).not.toEqual(found);
  });

  it('is 0 for all, not NaN, when every trial has the same value or the same place', async () => {
    const constant = [1, 2, 3].map(i => ({ config: { x: i / 4 }, value: 5 }));
    const identical = [1, 2, 3].map(value => ({ config: { x: 0.5 }, value }));
    for (const trials of [constant, identical]) {
      expect(await importance(stored({ x: unit }, trials), { method })).toEqual([
        { name: 'x', importance: 0, lecture: undefined }
      ]);
    }
  });

  it('reads complete trials only', async () => {
    const some = recordedStudy('additive');
    const trials = [...some.trials, { ...some.trials[0], state: 'failed' as const, value: null }];
    expect(await importance({ ...some, trials }, { method })).toEqual(
      await importance(some, { method })
    );
  });

  it('takes conditional spaces and 1,000 trials', async () => {
    const search = study({
      space: {
        layers: scales.integer(1, 2),
        units1: scales.integer(8, 64),
        units2: scales.when(({ layers }: { layers: number }) => layers > 1, scales.integer(8, 64))
      },
      sampler: samplers.sobol()
    });
    await search.optimize(({ units1, units2 = 0 }) => units1 + 4 * units2, { trials: 1000 });
    const found = await importance(search, { method });
    expect(found[2].name).toBe('units1');
  });
});

describe.each(methods)('a long importance by %s', method => {
  // 64 trees of 500 trials take longer than a look at the event loop is apart, on any machine.
  const view = recordedStudy('interplay');
  const many = stored(
    view.space,
    Array.from({ length: 500 }, (_, i) => {
      const { config, value } = view.trials[i % view.trials.length];
      return { config, value: value! + (i % 7) / 100 };
    })
  );
  const options = { method, trees: 64 } as const;
  afterEach(() => Reflect.deleteProperty(globalThis, KERNEL_SYMBOL));

  it('ends with the reason of its signal, in the midst of the work', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let ended = false;
    const work = importance(many, { ...options, signal: controller.signal }).finally(() => {
      ended = true;
    });
    setImmediate(() => {
      expect(ended).toBe(false);
      controller.abort(reason);
    });
    await expect(work).rejects.toBe(reason);
  });

  it('does not begin when its signal is aborted already', async () => {
    await expect(
      importance(many, { ...options, signal: AbortSignal.abort(new Error('too late')) })
    ).rejects.toThrow('too late');
  });

  /** A cell that keeps what it was asked to display, and its interrupt. */
  function cell(then: (shown: number) => void = () => undefined) {
    const interrupt = new AbortController();
    const shown: MimeBundle[] = [];
    const kernel: Kernel = {
      version: 1,
      kind: 'test',
      display: async bundle => {
        shown.push(await bundle);
        then(shown.length);
      },
      signal: interrupt.signal,
      input: () => Promise.reject(new Error('nobody types in a test'))
    };
    (globalThis as { [KERNEL_SYMBOL]?: Kernel })[KERNEL_SYMBOL] = kernel;
    return { shown, interrupt };
  }

  it("shows a line in its cell and hears the cell's interrupt", async () => {
    const { shown, interrupt } = cell(
      lines => lines === 2 && interrupt.abort(new Error('interrupted'))
    );
    // So many trees that it would last for minutes.
    await expect(importance(many, { ...options, trees: 20_000 })).rejects.toThrow('interrupted');
    const total = method === 'fanova' ? '20000 trees' : '20020 parts';
    expect(shown[0].data['text/plain']).toMatch(new RegExp(`^\\d+ of ${total}, .* to go$`));
    expect(shown).toHaveLength(3);
  });

  it('shows no line without progress', async () => {
    const { shown, interrupt } = cell();
    // With progress the first line comes after 0.7 s.
    setTimeout(() => interrupt.abort(new Error('interrupted')), 1000);
    await expect(importance(many, { ...options, trees: 20_000, progress: false })).rejects.toThrow(
      'interrupted'
    );
    expect(shown).toEqual([]);
  });
});

describe("the lecture's ranking", () => {
  it('stands beside each hyperparameter that the lecture names', async () => {
    const space = { learningRate: scales.log(1e-4, 1), units2: unit, epsilon: unit, dropout: unit };
    const config = { learningRate: 0.1, units2: 0.5, epsilon: 0.5, dropout: 0.5 };
    const trials = [1, 2].map(value => ({ config, value }));
    const found = await importance(stored(space, trials));
    const ranks = found.map(({ name, lecture }) => [name, lecture]);
    expect(Object.fromEntries(ranks)).toEqual({
      learningRate: 1,
      units2: 2,
      epsilon: 4,
      dropout: undefined
    });
  });

  it("is the lecture's: learning rate; mini-batch, beta, hidden units; layers, decay; Adam", () => {
    expect(lecturePriorities).toMatchObject({ learningRate: 1, batchSize: 2, layers: 3, beta1: 4 });
  });
});

describe('what makes no sense is refused:', () => {
  const one = { config: { x: 0.5 }, value: 1 };
  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'one trial',
      () => importance(stored({ x: unit }, [one])),
      /at least two complete trials, but got 1/
    ],
    ['no study', () => importance(3 as never), /first argument must be a study, but got 3/],
    [
      'another method',
      () => importance(stored({ x: unit }, [one, one]), { method: 'shap' as never }),
      /'fanova' or 'permutation', but got "shap"/
    ],
    [
      'a space that changed since',
      () => importance(stored({ x: scales.linear(2, 3) }, [one, one])),
      /each trial's `x` must lie in the study's space, but got 0.5 in trial 0/
    ],
    [
      'no trees',
      () => importance(stored({ x: unit }, [one, one]), { trees: 0 }),
      /whole number >= 1/
    ],
    [
      'a signal that is none',
      () => importance(stored({ x: unit }, [one, one]), { signal: 3 as never }),
      /`signal` must be an AbortSignal, but got 3/
    ]
  ])('%s', async (_, make, message) => {
    await expect(make()).rejects.toThrow(message);
  });
});
