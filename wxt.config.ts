import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'wxt';

const iconsOf = (sizes: readonly number[]) =>
  Object.fromEntries(sizes.map((size) => [size, `icons/icon-${size}.png`]));

export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  imports: false,
  vite: () => ({ plugins: [tailwindcss()] }),
  manifest: ({ browser }) => ({
    name: 'Keyferry',
    default_locale: 'en',
    description: '__MSG_extensionDescription__',
    permissions: ['storage', 'unlimitedStorage', 'alarms'],
    icons: iconsOf([16, 32, 48, 128]),
    action: { default_icon: iconsOf([16, 32, 48]), default_title: 'Keyferry' },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+K' } },
    },
    optional_host_permissions: ['http://*/*', 'https://*/*'],
    // Our own, for Firefox's default upgrades http to https, which servers in a home network lack.
    content_security_policy: {
      extension_pages:
        "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'extension@keyferry',
              strict_min_version: '140.0',
              data_collection_permissions: {
                required: ['authenticationInfo'],
                optional: ['websiteContent'],
              },
            },
          },
        }
      : // The first with light-dark().
        { minimum_chrome_version: '123' }),
  }),
});
