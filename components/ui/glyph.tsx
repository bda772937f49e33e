const CUT = 'var(--glyph-bg, var(--color-surface))';

/** The shapes of the states. The key's ring comes back in each, filled as far as the thing works. */
const SHAPES = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m4.9 8.3 2.1 2.1 4.1-4.6" stroke={CUT} strokeWidth="1.75" />
    </>
  ),
  part: (
    <>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 8V4a4 4 0 1 1-4 4Z" fill="currentColor" />
    </>
  ),
  new: (
    <circle
      cx="8"
      cy="8"
      r="6"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.4 1.37"
      strokeLinecap="butt"
    />
  ),
  run: (
    <>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="2" opacity=".28" />
      <path d="M8 2a6 6 0 1 1-4.9 9.46" stroke="currentColor" strokeWidth="2" />
    </>
  ),
  off: (
    <>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6.5 5.75v4.5M9.5 5.75v4.5" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  fail: (
    <>
      <path
        d="M8 1.8c.5 0 .9.2 1.15.65l5.3 9.4c.5.9-.15 2-1.15 2H2.7c-1 0-1.65-1.1-1.15-2l5.3-9.4C7.1 2 7.5 1.8 8 1.8Z"
        fill="currentColor"
      />
      <path d="M8 5.6v3.4M8 11.4v.1" stroke={CUT} strokeWidth="1.75" />
    </>
  ),
  hold: (
    <>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 4.75V8l2 1.5" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  same: (
    <>
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5.75 6.75h4.5M5.75 9.25h4.5" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  idle: <circle cx="8" cy="8" r="3" fill={CUT} stroke="currentColor" strokeWidth="1.5" />,
};

export type GlyphState = keyof typeof SHAPES;

/** A state as a shape. The words beside it say the same, so it is hidden from screen readers. */
export function Glyph({ state, tone = state }: { state: GlyphState; tone?: GlyphState | 'warn' }) {
  return (
    <svg
      className={`glyph ${tone}`}
      viewBox="0 0 16 16"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[state]}
    </svg>
  );
}
