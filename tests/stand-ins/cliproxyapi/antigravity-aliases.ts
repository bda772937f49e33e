import { parseTree, printTree } from './yaml-text.ts';

/** The upstream model and the alias of each entry. Recorded v6.7.53, scenario oc-empty. */
const ALIASES = [
  ['rev19-uic3-1p', 'gemini-2.5-computer-use-preview-10-2025'],
  ['gemini-3-pro-image', 'gemini-3-pro-image-preview'],
  ['gemini-3-pro-high', 'gemini-3-pro-preview'],
  ['gemini-3-flash', 'gemini-3-flash-preview'],
  ['claude-sonnet-4-5', 'gemini-claude-sonnet-4-5'],
  ['claude-sonnet-4-5-thinking', 'gemini-claude-sonnet-4-5-thinking'],
  ['claude-opus-4-5-thinking', 'gemini-claude-opus-4-5-thinking'],
  ['claude-opus-4-6-thinking', 'gemini-claude-opus-4-6-thinking'],
];

/** `text` with the aliases for Antigravity that v6.7 adds to a file without any; a text that is no mapping as it is. */
export function addAntigravityAliases(text: string): string {
  const tree = tryToParse(text);
  if (!tree || tree.root.has('oauth-model-alias')) return text;
  const antigravity = ALIASES.map(([name, alias]) => ({ name, alias }));
  tree.document.set('oauth-model-alias', tree.document.createNode({ antigravity }));
  return printTree(tree);
}

function tryToParse(text: string) {
  try {
    return parseTree(text);
  } catch {
    return undefined;
  }
}
