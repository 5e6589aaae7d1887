/** Pictures are drawn by 40 on one stage, which then makes room for a fresh one. */
import { Renderer } from 'tunelab/dist/pictures/renderer';
import { scatterOfValue } from '../kernel-lib/figures/examples';

const SIZE = { width: 640, height: 420, scale: 2 };

it('a picture looks the same after more figures than one stage draws', async () => {
  const renderer = new Renderer();
  const draw = () => renderer.render(scatterOfValue().payload, SIZE);
  const first = await draw();
  let last = first;
  for (let i = 0; i < 45; i++) last = await draw();
  expect(Buffer.from(last.png).equals(Buffer.from(first.png))).toBe(true);
  renderer.close();
}, 120_000);
