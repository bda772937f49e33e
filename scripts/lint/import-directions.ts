import { defineRule, type ESTree } from '@oxlint/plugins';
import { findObjection } from './import-objection.ts';

/**
 * Finds imports that run against the rooms, of values and of types, also re-exported or at run time.
 *
 * `import('…').Type` is left to typescript/consistent-type-imports, which forbids it.
 */
export const importDirections = defineRule({
  create(context) {
    const check = (source: ESTree.Expression | null) => {
      if (!source) return;
      const message = isText(source)
        ? findObjection(context.cwd, context.filename, source.value)
        : 'An import that is computed cannot be followed. Write the path as a plain string.';
      if (message) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
});

function isText(node: ESTree.Expression): node is ESTree.StringLiteral {
  return node.type === 'Literal' && typeof node.value === 'string';
}
