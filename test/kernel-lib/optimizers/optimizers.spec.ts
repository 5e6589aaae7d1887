import { layers, optimizers } from 'tunelab';
import type { ClipLimits, Program } from 'tunelab/dist/wasm/engine';
import { optimizerContract } from '../contracts/optimizerContract';
import { optimizedEngines } from '../../fixtures/optimizedEngines';
import { torchEngine } from '../../fixtures/torchEngine';

const names = Object.keys(optimizers) as (keyof typeof optimizers)[];

describe.each(names)('the optimizer %s', name => {
  optimizerContract(name);
});

describe('optimizers', () => {
  it('have the defaults of PyTorch', () => {
    const { gradientDescent, momentum, rmsProp, adam, adamW } = torchEngine.defaults;
    const moments = ({ betas: [beta1, beta2], eps }: typeof adam) => ({ beta1, beta2, epsilon: eps });
    const rule = (d: { lr: number; weight_decay: number }) => ({ learningRate: d.lr, weightDecay: d.weight_decay });
    expect(optimizers.gradientDescent()).toEqual({ type: 'gradientDescent', ...rule(gradientDescent) });
    const { momentum: beta, dampening, nesterov } = momentum;
    expect(optimizers.momentum()).toEqual({ type: 'momentum', beta, dampening, nesterov, ...rule(momentum) });
    expect(optimizers.rmsProp()).toEqual({ type: 'rmsProp', decay: rmsProp.alpha, epsilon: rmsProp.eps, ...rule(rmsProp) });
    expect(optimizers.adam()).toEqual({ type: 'adam', ...moments(adam), ...rule(adam) });
    expect(optimizers.adamW()).toEqual({ type: 'adamW', ...moments(adamW), ...rule(adamW) });
  }); // prettier-ignore

  it.each<[string, () => unknown, RegExp]>([
    ['beta = 1', () => optimizers.momentum({ beta: 1 }), /`0 <= beta < 1` must hold, but got beta=1/],
    ['beta2 below 0', () => optimizers.adam({ beta2: -0.1 }), /`0 <= beta2 < 1` must hold, but got beta2=-0.1/],
    ['an option of another optimizer', () => optimizers.adam({ beta: 0.9 } as never), /but got `beta`/],
    ['a decay of 1', () => optimizers.rmsProp({ decay: 1 }), /`0 <= decay < 1` must hold, but got decay=1/],
    ['an epsilon of 0', () => optimizers.adamW({ epsilon: 0 }), /finite number > 0, but got epsilon=0/],
    ['damped Nesterov', () => optimizers.momentum({ nesterov: true, dampening: 0.5 }), /needs `dampening: 0`, but got dampening=0.5/],
    ['a Nesterov that is no boolean', () => optimizers.momentum({ nesterov: 1 as never }), /true or false, but got nesterov=1/]
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(message);
  }); // prettier-ignore
});

describe.each(optimizedEngines.map(engine => [engine.name, engine] as const))('clipping, build %s', (_, engine) => {
  const withGradients = (gradients: number[]): Program => {
    const program = engine.compile({ inputs: 1, layers: [layers.dense(gradients.length, { bias: false })], seed: 0, precision: 'float32' });
    program.parameters[0].gradient!.set(gradients);
    return program;
  };
  const clipped = (gradients: number[], limits: ClipLimits) => {
    const program = withGradients(gradients);
    program.clip(limits);
    return Array.from(program.parameters[0].gradient!);
  };

  it('by norm shortens to the limit as PyTorch, with its 1e-6', () => {
    // p.grad = [3, 4, 12]; torch.nn.utils.clip_grad_norm_([p], 6.5): times 6.5 / (13 + 1e-6)
    expect(clipped([3, 4, 12], { clipNorm: 6.5 })).toBeAllclose([1.5, 2, 6], { rtol: 2e-7 });
    // torch.nn.utils.clip_grad_norm_([p], 1e-6) of [1e-6, 0, 0]: times 1e-6 / 2e-6
    expect(clipped([1e-6, 0, 0], { clipNorm: 1e-6 })).toBeAllclose([5e-7, 0, 0], { rtol: 1e-6 });
  });

  it('by norm leaves shorter gradients as they are', () => {
    expect(clipped([3, 4, 12], { clipNorm: 20 })).toEqual([3, 4, 12]);
    expect(clipped([0, 0], { clipNorm: 1 })).toEqual([0, 0]);
  });

  it('by value limits each number', () => {
    expect(clipped([3, -4, 0.5], { clipValue: 1 })).toEqual([1, -1, 0.5]);
  });

  it('by both limits each number first', () => {
    expect(clipped([3, -4], { clipValue: 1, clipNorm: 1 })).toBeAllclose([Math.SQRT1_2, -Math.SQRT1_2], { rtol: 1e-6 });
  });

  it('does not hide NaN', () => {
    expect(clipped([NaN, 1], { clipValue: 1 })[0]).toBeNaN();
    expect(clipped([NaN, 1], { clipNorm: 1 })).toEqual([NaN, NaN]);
  });

  it('is what step does with its limits', () => {
    const [x, targets] = [Float32Array.of(2), Float32Array.of(5, -5)];
    const rule = optimizers.gradientDescent({ learningRate: 0.1 });
    const [inside, apart] = [withGradients([0, 0]), withGradients([0, 0])];
    inside.step(x, targets, 1, rule, { clipNorm: 0.5 });
    apart.forward(x, 1, 'train');
    apart.backward(targets);
    apart.clip({ clipNorm: 0.5 });
    apart.update(rule);
    expect(Array.from(inside.parameters[0].values)).toEqual(Array.from(apart.parameters[0].values));
  });
}); // prettier-ignore

it('a state of another network is refused', () => {
  for (const engine of optimizedEngines) {
    const [one, other] = [2, 3].map(units =>
      engine.compile({ inputs: 1, layers: [layers.dense(units)], seed: 0, precision: 'float32' })
    );
    expect(() => one.restoreState(other.saveState())).toThrow(/lengths 2, 2, but got lengths 3, 3/);
  }
});
