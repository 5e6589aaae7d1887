/** Says what a drawn figure shows; on the picture itself, so that the buttons over it stay reachable. */
export function describe(plot: HTMLElement, alt = ''): void {
  const pictures = plot.querySelectorAll('.main-svg');
  const label = (node: Element): void => {
    node.setAttribute('role', 'img');
    node.setAttribute('aria-label', alt);
  };
  if (pictures.length === 0) {
    label(plot);
    return;
  }
  plot.removeAttribute('role');
  plot.removeAttribute('aria-label');
  label(pictures[0]);
  for (const layer of Array.from(pictures).slice(1)) {
    layer.setAttribute('aria-hidden', 'true');
  }
}
