import { useEffect, useState } from 'react';
import { T, useText } from '../../components/ui/language.tsx';
import { Select } from '../../components/ui/select.tsx';
import type { Preferences } from '../../lib/core/preferences.ts';
import type { WordKey } from '../../lib/core/words/words.ts';
import { ask } from '../../lib/edges/messages.ts';
import { readPreferences } from '../../lib/edges/preferences-store.ts';
import { RoomHead } from './room-head.tsx';

const ONE_CLICK: readonly { value: Preferences['oneClick']; words: WordKey; detail: WordKey }[] = [
  { value: 'at-once', words: 'pref_at_once', detail: 'pref_at_once_detail' },
  { value: 'ask', words: 'pref_ask', detail: 'pref_ask_detail' },
];

/** What a person prefers: how one click imports, and how Keyferry looks and speaks. */
export function PreferencesRoom() {
  const t = useText();
  const [preferences, setPreferences] = useState<Preferences>();
  useEffect(() => void readPreferences().then(setPreferences), []);
  if (!preferences) return <RoomHead words="room_preferences" />;
  const change = (changed: Partial<Preferences>) => {
    const chosen = { ...preferences, ...changed };
    setPreferences(chosen);
    void ask('savePreferences', chosen);
  };
  return (
    <>
      <RoomHead words="room_preferences" />
      <div className="room grid max-w-180 content-start gap-4 pt-0">
        <section className="card">
          <header>
            <h2 className="h">
              <T k="pref_import" />
            </h2>
          </header>
          <fieldset className="px-4 py-2">
            <legend className="sr-only">
              <T k="pref_import" />
            </legend>
            {ONE_CLICK.map(({ value, words, detail }) => (
              <label className="choice" key={value}>
                <input
                  type="radio"
                  name="one-click"
                  className="radio"
                  checked={preferences.oneClick === value}
                  onChange={() => change({ oneClick: value })}
                />
                <span>
                  <T k={words} />
                  <span className="xs block text-muted">
                    <T k={detail} />
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        </section>
        <section className="card">
          <header>
            <h2 className="h">
              <T k="pref_looks" />
            </h2>
          </header>
          <div className="setting flex-wrap">
            <Select
              label={t('pref_language')}
              showLabel
              className="input w-64"
              value={preferences.language}
              choices={[
                { value: 'auto', label: t('pref_language_auto') },
                { value: 'en', label: 'English' },
                { value: 'zh_CN', label: '简体中文' },
              ]}
              onChange={(language) => change({ language })}
            />
            <Select
              label={t('pref_theme')}
              showLabel
              className="input w-64"
              value={preferences.theme}
              choices={[
                { value: 'auto', label: t('pref_theme_auto') },
                { value: 'light', label: t('pref_theme_light') },
                { value: 'dark', label: t('pref_theme_dark') },
              ]}
              onChange={(theme) => change({ theme })}
            />
          </div>
        </section>
      </div>
    </>
  );
}
