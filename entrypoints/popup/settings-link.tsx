import type { ReactNode } from 'react';
import { useText } from '../../components/ui/language.tsx';
import { openOptions } from '../../lib/edges/pages.ts';

interface SettingsLinkProps {
  /** The server whose settings are shown first. */
  serverId: string | undefined;
  className?: string;
  children: ReactNode;
}

/** The way to the options page. */
export function SettingsLink({ serverId, className = '', children }: SettingsLinkProps) {
  const t = useText();
  return (
    <a
      className={`btn ghost sm ${className}`}
      href="/options.html"
      aria-label={t('settings')}
      title={t('settings')}
      onClick={(event) => {
        event.preventDefault();
        void openOptions('servers', serverId);
      }}
    >
      {children}
    </a>
  );
}
