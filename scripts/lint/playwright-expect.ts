import { defineRule, type ESTree } from '@oxlint/plugins';

/**
 * Finds Playwright tests that expect nothing.
 *
 * oxlint's own vitest/expect-expect sees only tests imported from vitest. A call of a helper named
 * `expect…` counts as an expectation.
 */
export const playwrightExpect = defineRule({
  create(context) {
    const open: { test: ESTree.CallExpression; expects: boolean }[] = [];
    return {
      CallExpression(node) {
        if (isTest(node)) open.push({ test: node, expects: false });
        else if (isExpectation(node)) for (const test of open) test.expects = true;
      },
      'CallExpression:exit'(node) {
        if (open.at(-1)?.test !== node) return;
        if (open.pop()?.expects === false) {
          context.report({ node, message: 'This test expects nothing, so it cannot fail.' });
        }
      },
    };
  },
});

function isTest({ callee, arguments: given }: ESTree.CallExpression): boolean {
  const last = given.at(-1)?.type;
  const hasBody = last === 'ArrowFunctionExpression' || last === 'FunctionExpression';
  return callee.type === 'Identifier' && callee.name === 'test' && hasBody;
}

/** `expect(x).toBe(…)`, `expect.soft(x).toBe(…)`, `expectImported(…)` or `page.expectImported(…)`; not `expect(x)` alone. */
function isExpectation({ callee }: ESTree.CallExpression): boolean {
  const name = rootName(callee);
  if (callee.type === 'Identifier') return /^expect./.test(name);
  return name === 'expect' || /^expect./.test(methodName(callee));
}

function methodName(node: ESTree.Node): string {
  if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return '';
  return (node.property as ESTree.IdentifierName).name;
}

function rootName(node: ESTree.Node): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'MemberExpression':
      return rootName(node.object);
    case 'CallExpression':
      return rootName(node.callee);
    default:
      return '';
  }
}
