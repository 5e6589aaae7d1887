import './domGaps';
import { CrowdCanvas } from '../../extension/crowdCanvas';
import { HoverWords } from '../../extension/hoverWords';

type Listener = (event: object) => void;

/** A plot as Plotly leaves it, and a way to point at its marks. */
function plot() {
  const listeners = new Map<string, Listener>();
  const node = document.createElement('div');
  const host = document.createElement('div');
  host.append(node);
  node.getBoundingClientRect = () => ({ left: 100, top: 50, width: 600, height: 400 }) as DOMRect;
  Object.assign(node, { on: (name: string, listener: Listener) => listeners.set(name, listener) });
  const words = new HoverWords(node, host, new CrowdCanvas(node));
  words.listen();
  const box = host.querySelector<HTMLElement>('.jp-RenderedTunelab-hover')!;
  const point = (curveNumber: number, pointNumber: number, clientX = 150): void =>
    listeners.get('plotly_hover')!({
      points: [{ curveNumber, pointNumber }],
      event: { clientX, clientY: 90 }
    });
  return { words, box, point, leave: () => listeners.get('plotly_unhover')!({}) };
}

describe('HoverWords', () => {
  it('asks for the words of the one mark that is pointed at', () => {
    const { words, box, point } = plot();
    const ask = jest.fn((i: number) => `trial ${i}`);
    words.update(new Map([[1, ask]]));
    point(1, 70_000);
    expect(box.hidden).toBe(false);
    expect(box.textContent).toBe('trial 70000');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('shows markup as text', () => {
    const { words, box, point } = plot();
    words.update(new Map([[0, () => '<img src=x onerror=alert(1)>']]));
    point(0, 0);
    expect(box.textContent).toBe('<img src=x onerror=alert(1)>');
    expect(box.children).toHaveLength(0);
  });

  it('stands beside the pointer, on the side that has room', () => {
    const { words, box, point } = plot();
    words.update(new Map([[0, () => 'words']]));
    point(0, 0, 150);
    expect([box.style.left, box.style.right]).toEqual(['62px', '']);
    point(0, 0, 650);
    expect([box.style.left, box.style.right]).toEqual(['', '62px']);
  });

  it('says nothing of marks that Plotly speaks for, and goes when the pointer or the figure does', () => {
    const { words, box, point, leave } = plot();
    words.update(new Map([[0, () => 'words']]));
    point(1, 0);
    expect(box.hidden).toBe(true);
    point(0, 0);
    leave();
    expect(box.hidden).toBe(true);
    point(0, 0);
    words.update(new Map());
    expect(box.hidden).toBe(true);
  });
});
