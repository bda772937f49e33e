import { useEffect, useState } from 'react';
import { useText } from '../ui/language.tsx';

/** The time left until a server opens again, in minutes and seconds. Spoken once a minute at most. */
export function Countdown({ until }: { until: number }) {
  const t = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const [minutes, seconds] = [Math.floor(left / 60), left % 60];
  return (
    <span
      role="timer"
      className="font-semibold"
      aria-label={t('countdown_minutes', { count: Math.ceil(left / 60) })}
    >
      {minutes}:{String(seconds).padStart(2, '0')}
    </span>
  );
}
