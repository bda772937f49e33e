import { useState } from 'react';
import { useLanguage } from './language.tsx';

/** A point in time as a person says it today, with the full date as its title. */
export function Moment({ at, short = false }: { at: number; short?: boolean }) {
  const { tag } = useLanguage();
  const date = new Date(at);
  const full = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' });
  const shown = new Intl.DateTimeFormat(
    tag,
    short ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  );
  return (
    <time dateTime={date.toISOString()} title={full.format(date)}>
      {shown.format(date)}
    </time>
  );
}

/** The day of a point in time, for headings. */
export function Day({ at }: { at: number }) {
  const { tag } = useLanguage();
  const [today] = useState(() => new Date());
  const daysAgo = Math.round((startOfDay(today) - startOfDay(new Date(at))) / DAY_MS);
  if (daysAgo > 1) return new Intl.DateTimeFormat(tag, { dateStyle: 'full' }).format(at);
  return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-daysAgo, 'day');
}

const DAY_MS = 86_400_000;
const startOfDay = (date: Date): number => new Date(date).setHours(0, 0, 0, 0);
