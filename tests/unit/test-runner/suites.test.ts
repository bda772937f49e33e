import { describe, expect, it } from 'vitest';
import { findUnknownNames, selectSuites, suites } from '../../../scripts/test/suites.ts';

const select = (...names: string[]) => selectSuites(names).map(({ name }) => name);

describe('npm test', () => {
  it('runs every suite unless some are named', () => {
    expect(selectSuites([])).toBe(suites);
  });

  it('runs the named suites in its own order', () => {
    expect(select('contract', 'unit')).toEqual(['unit', 'contract']);
  });

  it('builds what a named suite runs on, so that it never tests an old build', () => {
    expect(select('firefox')).toEqual(['build-firefox', 'firefox']);
    expect(select('build')).toEqual(['build-chrome', 'build-firefox', 'build']);
  });

  it('needs only suites that come before', () => {
    const inOrder = suites.every(({ needs = [] }, index) =>
      needs.every((name) => suites.slice(0, index).some((suite) => suite.name === name)),
    );
    expect(inOrder).toBe(true);
  });

  it('knows a name that is none', () => {
    expect(findUnknownNames(['unit', 'units'])).toEqual(['units']);
  });
});
