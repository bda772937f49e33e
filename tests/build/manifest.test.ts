import { describe, expect, it } from 'vitest';
import { type Build, readManifest } from '../built.ts';

const builds: readonly Build[] = ['chrome-mv3', 'firefox-mv3'];

describe.each(builds)('the manifest of %s', (build) => {
  it('asks at install for these permissions and no others', () => {
    expect(readManifest(build).permissions).toEqual(['storage', 'unlimitedStorage', 'alarms']);
  });

  it('asks for no site at install, and may ask for any later', () => {
    const { host_permissions, content_scripts, optional_host_permissions } = readManifest(build);
    expect(host_permissions).toBeUndefined();
    expect(content_scripts).toBeUndefined();
    expect(optional_host_permissions).toEqual(['http://*/*', 'https://*/*']);
  });

  it('lets its pages run their own scripts only, and leaves http addresses as they are', () => {
    expect(readManifest(build).content_security_policy).toEqual({
      extension_pages:
        "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    });
  });
});

describe('the manifest for Chromium', () => {
  it('names the oldest version that it runs on', () => {
    expect(readManifest('chrome-mv3').minimum_chrome_version).toBe('123');
  });
});

describe('the manifest for Firefox', () => {
  const readGecko = () => readManifest('firefox-mv3').browser_specific_settings.gecko;

  it('names the oldest version that it runs on', () => {
    expect(readGecko().strict_min_version).toBe('140.0');
  });

  it('declares what data it handles', () => {
    expect(readGecko().data_collection_permissions).toEqual({
      required: ['authenticationInfo'],
      optional: ['websiteContent'],
    });
  });
});
