/**
 * Tells `callback` when `node` comes near the visible part of the page and when it leaves it: fifteen
 * figures drawn at once lock a notebook, and most of them are out of sight. Returns a function that
 * stops watching. Without an IntersectionObserver everything counts as seen.
 */
export function whenSeen(node: HTMLElement, callback: (seen: boolean) => void): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    callback(true);
    return () => undefined;
  }
  // A margin, so that a figure is there when scrolling reaches it.
  const observer = new IntersectionObserver(
    entries => callback(entries[entries.length - 1].isIntersecting),
    { rootMargin: '300px 0px' }
  );
  observer.observe(node);
  return () => observer.disconnect();
}
