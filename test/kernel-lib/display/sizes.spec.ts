import { figures } from 'tunelab';
import { figureBundle } from 'tunelab/dist/display/bundle';
import { Renderer } from 'tunelab/dist/pictures/renderer';
import { study } from '../figures/examples';

const mockRenderer = new Renderer();
jest.mock('tunelab/dist/pictures/client', () => ({
  renderPicture: (...args: Parameters<Renderer['render']>) => mockRenderer.render(...args)
}));
afterAll(() => mockRenderer.close());

/** Bytes that an output takes in a notebook, which Jupyter writes with one space for each level. */
async function bytesOf(trials: number): Promise<number> {
  const figure = figures.scatter(study(trials), { x: 'learningRate', y: 'beta' });
  const { data, metadata } = await figureBundle(figure);
  expect(data).toHaveProperty(['image/png']);
  const output = { output_type: 'display_data', data, metadata };
  const notebook = (outputs: object[]) =>
    Buffer.byteLength(JSON.stringify({ cells: [{ outputs }] }, null, 1));
  return notebook([output]) - notebook([]);
}

it.each([
  [1000, 400_000],
  [10_000, 700_000],
  [100_000, 3_000_000]
])(
  'a scatter of %i trials takes at most %i bytes of a notebook, picture and all',
  async (trials, most) => {
    const bytes = await bytesOf(trials);
    expect(bytes).toBeLessThanOrEqual(most);
  },
  120_000
);
