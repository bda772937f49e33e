/** What a person prefers. Nothing of it is secret, so pages read it before they draw. */
export interface Preferences {
  /** `at-once`: one click imports where nothing needs a decision. `ask`: the dialog opens always. */
  oneClick: 'at-once' | 'ask';
  language: 'auto' | 'en' | 'zh_CN';
  theme: 'auto' | 'light' | 'dark';
}

export const DEFAULT_PREFERENCES: Preferences = {
  oneClick: 'at-once',
  language: 'auto',
  theme: 'auto',
};
