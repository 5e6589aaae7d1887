import { optimizers } from 'tunelab';

describe('optimizers', () => {
  it('have the defaults of PyTorch', () => {
    // torch.optim.SGD([p]).defaults, torch.optim.Adam([p]).defaults
    expect(optimizers.gradientDescent()).toEqual({ type: 'gradientDescent', learningRate: 1e-3 });
    expect(optimizers.adam()).toMatchObject({
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8
    });
    expect(optimizers.momentum()).toMatchObject({ beta: 0.9, dampening: 0 });
  });

  it.each([
    [
      'a learning rate of 0',
      () => optimizers.adam({ learningRate: 0 }),
      /finite number > 0, but got learningRate=0/
    ],
    [
      'a learning rate of NaN',
      () => optimizers.gradientDescent({ learningRate: NaN }),
      /but got learningRate=NaN/
    ],
    [
      'beta = 1',
      () => optimizers.momentum({ beta: 1 }),
      /`0 <= beta < 1` must hold, but got beta=1/
    ],
    [
      'beta2 below 0',
      () => optimizers.adam({ beta2: -0.1 }),
      /`0 <= beta2 < 1` must hold, but got beta2=-0.1/
    ],
    [
      'a bare number',
      () => optimizers.adam(0.01 as never),
      /options come in an object.*but got 0.01/
    ],
    [
      'an option of another optimizer',
      () => optimizers.adam({ beta: 0.9 } as never),
      /but got `beta`/
    ]
  ])('refuse %s', (_, make, message) => {
    // prettier-ignore
    expect(make).toThrow(message);
  });
});
