import { expect, it } from 'vitest';
import { describeFailedInstall } from '../../../scripts/setup/packages.mjs';

it('an install that failed for want of the network says what to look at', () => {
  const errors =
    'npm error code ENOTFOUND\nnpm error network request to https://registry.npmjs.org/wxt failed';
  expect(describeFailedInstall(errors)).toMatch(/could not reach its registry.*online.*proxy/);
});

it('an install that failed for another reason refers to what npm said', () => {
  expect(describeFailedInstall('npm error code EUSAGE')).toBe(
    'npm ci failed; what it said stands above.',
  );
});
