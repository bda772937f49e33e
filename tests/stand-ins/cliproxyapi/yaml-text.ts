import {
  type Document,
  isMap,
  isPair,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type ScalarTag,
  type Tags,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

// Reading and printing config.yaml so that it looks as after the server's own YAML library (yaml.v3 of Go).

/** Stands before a comment that is on the line of a key whose value follows on the next lines. */
const BESIDE_KEY = '\u0001';

/** config.yaml as a tree. */
export interface Tree {
  document: Document;
  root: YAMLMap<Node, Node>;
}

/** The tree of `text`, comments where Go's library has them. Throws if `text` is not a mapping. */
export function parseTree(text: string): Tree {
  const marked = text.replaceAll(/^(\s*(?:- )?[\w.-]+:[ \t]+)#/gm, `$1#${BESIDE_KEY}`);
  const document = parseDocument(marked, { customTags: withEscapedText });
  if (document.errors.length > 0 || !isMap<Node, Node>(document.contents)) {
    throw new Error('invalid yaml document structure');
  }
  moveComments(document.contents);
  return { document, root: document.contents };
}

/** The text of a tree, with all comment lines at the left margin. Scenario oc-yaml-comments. */
export function printTree({ document }: Tree): string {
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const besideKeys = text
    .replaceAll(new RegExp(`:\\n[ \\t]*#${BESIDE_KEY}`, 'g'), ': #')
    .replaceAll(BESIDE_KEY, '');
  return commentsAtMargin(besideKeys);
}

/** `text` with all comment lines at the left margin. */
export function commentsAtMargin(text: string): string {
  return text.replaceAll(/^[ \t]+#/gm, '#');
}

/** A new node for `value`, in block style. */
export function createNode(document: Document, value: unknown): Node {
  const node = document.createNode(value) as Node;
  toBlockStyle(node);
  return node;
}

/** Turns flow style into block style; what is empty stays as `[]` or `{}`. Scenario oc-yaml-anchors. */
export function toBlockStyle(node: unknown): void {
  if (isSeq(node)) {
    node.flow = node.items.length === 0;
    for (const item of node.items) toBlockStyle(item);
  }
  if (isMap<Node, Node>(node)) {
    for (const [at, { value }] of node.items.entries()) {
      slideComment(value, node.items[at + 1]?.value);
      toBlockStyle(value);
    }
    node.flow = node.items.length === 0;
  }
}

/** A comment after a flow mapping ends up beside the next key. Scenario oc-yaml-comments. */
function slideComment(value: Node | null, next: Node | null | undefined): void {
  if (!isMap(value) || !value.flow || !value.comment || !isMap(next)) return;
  next.commentBefore = [`${BESIDE_KEY}${value.comment}`, next.commentBefore]
    .filter(Boolean)
    .join('\n');
  delete value.comment;
}

/**
 * Gives comments to the nodes that Go's library gives them to: the one above a list to its first item, the one above
 * another item to the end of the item before it, with which it disappears. Scenario oc-yaml-comments.
 */
function moveComments(node: unknown): void {
  if (isPair(node)) moveComments(node.value);
  if (isMap(node)) node.items.forEach(moveComments);
  if (!isSeq<Node>(node)) return;
  for (const [at, item] of node.items.entries()) {
    moveComments(item);
    const end = lastMapping(node.items[at - 1]);
    if (end && item.commentBefore) {
      end.comment = item.commentBefore;
      delete item.commentBefore;
    }
  }
  giveToFirstItem(node);
}

function giveToFirstItem(list: YAMLSeq<Node>): void {
  const first = list.items[0];
  if (!first || !list.commentBefore || list.commentBefore.startsWith(BESIDE_KEY)) return;
  first.commentBefore = list.commentBefore;
  delete list.commentBefore;
}

/** The innermost mapping at the end of `node`. */
function lastMapping(node: unknown): YAMLMap | undefined {
  if (isSeq(node)) return lastMapping(node.items.at(-1));
  if (!isMap(node)) return undefined;
  return lastMapping(node.items.at(-1)?.value) ?? node;
}

/** Go's library escapes tabs and what is outside the Basic Multilingual Plane. Scenario oc-special-names. */
function withEscapedText(tags: Tags): Tags {
  return tags.map((tag) =>
    typeof tag !== 'string' && tag.tag === 'tag:yaml.org,2002:str'
      ? escapedText(tag as ScalarTag)
      : tag,
  );
}

function escapedText(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify(item, context, onComment, onChompKeep) {
      const value = String((item as Scalar).value);
      if (/[\t\u{10000}-\u{10FFFF}]/u.test(value)) return escaped(value);
      return tag.stringify?.(item, context, onComment, onChompKeep) ?? JSON.stringify(value);
    },
  };
}

function escaped(value: string): string {
  return JSON.stringify(value).replaceAll(/[\u{10000}-\u{10FFFF}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
  });
}
