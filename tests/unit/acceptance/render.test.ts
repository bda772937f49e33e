import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../scripts/acceptance/render.ts';

const rows = [
  { id: 'A-01', statement: 'Keys are added' },
  { id: 'A-02', statement: 'Nothing is lost' },
];

describe('the page of proofs', () => {
  it('links each place once, names the layers, and leaves a row without a test bare', () => {
    const inPlan = { file: 'tests/unit/plan.test.ts', line: 7, layer: 'unit' };
    const inPopup = { file: 'tests/e2e/popup.test.ts', line: 3, layer: 'chromium' };
    const proofs = new Map([
      [
        'A-01',
        [
          { ...inPlan, title: 'a plan › [A-01] adds 1 | 2' },
          { ...inPlan, title: 'a plan › [A-01] adds 3 | 4' },
          { ...inPopup, title: 'the popup adds a key [A-01]' },
        ],
      ],
    ]);
    const lines = renderPage(rows, proofs).split('\n');
    expect(lines).toContain(
      '| A-01 | Keys are added | a plan › adds 1 \\| 2 and 1 more ([unit/plan.test.ts:7](../tests/unit/plan.test.ts#L7))<br>the popup adds a key ([e2e/popup.test.ts:3](../tests/e2e/popup.test.ts#L3)) | unit, chromium |',
    );
    expect(lines).toContain('| A-02 | Nothing is lost |  |  |');
    expect(lines.join(' ')).toContain('1 of 2 rows have a test.');
  });
});
