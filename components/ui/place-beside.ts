/** Puts what floats below its anchor and flush with its end or start; above it where there is no room. */
export function placeBeside(
  floating: HTMLElement,
  anchor: DOMRect,
  flush: 'start' | 'end' = 'end',
): void {
  const { height, width } = floating.getBoundingClientRect();
  const below = anchor.bottom + 4;
  const fits = below + height <= window.innerHeight - 8;
  const left = flush === 'end' ? anchor.right - width : anchor.left;
  floating.style.top = `${fits ? below : Math.max(8, anchor.top - height - 4)}px`;
  floating.style.left = `${Math.max(8, left)}px`;
}
