import { FileDown } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import { T } from '../../components/ui/language.tsx';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { type ConfigFinding, readConfigFacts } from '../../lib/core/server/config-file.ts';
import type { ServerForm } from '../../lib/core/server/server.ts';

/** Takes a server's config.yaml, dropped anywhere on the page or chosen, and says what it gave. */
export function ConfigDrop({ onConfig }: { onConfig(found: Partial<ServerForm>): void }) {
  const [finding, setFinding] = useState<ConfigFinding>();
  const [failure, setFailure] = useState<Failure>();
  const input = useRef<HTMLInputElement>(null);

  const take = useCallback(
    async (file: File | undefined) => {
      if (!file) return;
      const { parseConfigYaml } = await import('../../lib/edges/config-yaml.ts');
      const facts = parseConfigYaml(await file.text());
      setFailure(facts.ok ? undefined : facts.failure);
      setFinding(undefined);
      if (!facts.ok) return;
      const found = readConfigFacts(facts.value);
      setFinding(found);
      onConfig(found.form);
    },
    [onConfig],
  );

  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      void take(event.dataTransfer?.files[0]);
    };
    document.addEventListener('dragover', allow);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', allow);
      document.removeEventListener('drop', drop);
    };
  }, [take]);

  return (
    <section className="grid gap-2 border-t border-line pt-4">
      <p className="flex items-center gap-2 text-muted">
        <FileDown className="icon" aria-hidden="true" />
        <span className="grow">
          <T k="config_drop" />
        </span>
        <button type="button" className="btn sm" onClick={() => input.current?.click()}>
          <T k="config_choose" />
        </button>
        <input
          ref={input}
          type="file"
          accept=".yaml,.yml"
          hidden
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = '';
          }}
        />
      </p>
      {failure && <FailurePanel failure={failure} />}
      {finding && <FindingNote finding={finding} />}
    </section>
  );
}

const KEY_WORDS = {
  plain: 'config_key_plain',
  hashed: 'config_key_hashed',
  absent: 'config_key_absent',
} as const;

function FindingNote({ finding }: { finding: ConfigFinding }) {
  const isFull = finding.key === 'plain';
  return (
    <div className={`callout ${isFull ? 'calm' : ''}`} role="status">
      <Glyph state={isFull ? 'ok' : 'fail'} tone={isFull ? 'ok' : 'warn'} />
      <p>
        <T k={KEY_WORDS[finding.key]} />
      </p>
    </div>
  );
}
