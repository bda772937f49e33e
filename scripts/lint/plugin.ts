import { definePlugin } from '@oxlint/plugins';
import { importDirections } from './import-directions.ts';
import { playwrightExpect } from './playwright-expect.ts';

/** The house rules that no ready-made rule covers. oxlint wants the plugin as a default export. */
export default definePlugin({
  meta: { name: 'keyferry' },
  rules: {
    'import-directions': importDirections,
    'playwright-expect': playwrightExpect,
  },
});
