import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Struct } from './schema/types.ts';
import type { Features, VersionRange } from './versions.ts';
import { createNode, parseTree, printTree, type Tree, toBlockStyle } from './yaml-text.ts';

/**
 * Merges `config` into the tree of config.yaml, as each write does. Comments, order, quotes and unknown top-level keys
 * stay; maps inside entries are merged, lists are replaced.
 * Recorded in all versions, scenarios oc-yaml-comments, oc-headers-merge, oc-dup-headers, oc-zero-values.
 */
export function mergeIntoTree({ document, root }: Tree, config: Struct, features: Features): void {
  removeOldKeys(root, features);
  mergeMap(root, config, [], { document, features });
  toBlockStyle(root);
}

/** `text` with another management key and nothing else changed. Scenario auth-hashed-secret. */
export function replaceSecretKey(text: string, secretKey: string): string {
  const tree = parseTree(text);
  tree.document.setIn(['remote-management', 'secret-key'], secretKey);
  return printTree(tree);
}

interface Merge {
  document: Document;
  features: Features;
}

type Path = readonly string[];

function mergeMap(target: YAMLMap<Node, Node>, source: Struct, path: Path, merge: Merge): void {
  for (const [name, value] of Object.entries(source)) {
    const here = [...path, name];
    const pair = findPair(target, name);
    if (pair) {
      pair.value = mergeNode(pair.value, value, here, merge);
    } else {
      const wanted = merge.features.has('new-defaults-left-out')
        ? withoutDefaults(value, here, merge)
        : value;
      if (!isLeftOut(wanted, here, merge.features)) {
        target.add(
          merge.document.createPair(name, createNode(merge.document, wanted)) as Pair<Node, Node>,
        );
      }
    }
  }
}

/** The node for `value` where `target` was: `target` itself if it is of the same kind. */
function mergeNode(target: Node | null, value: unknown, path: Path, merge: Merge): Node {
  if (Array.isArray(value)) {
    if (value.length === 0 && isScalar(target) && target.value === null) return target;
    if (!isSeq<Node>(target)) return replaced(target, createNode(merge.document, value));
    mergeList(target, value, path, merge);
    return target;
  }
  if (typeof value === 'object' && value !== null) {
    if (!isMap<Node, Node>(target)) return replaced(target, createNode(merge.document, value));
    mergeMap(target, value as Struct, path, merge);
    return target;
  }
  if (!isScalar(target)) return replaced(target, createNode(merge.document, value));
  if (target.value !== value) {
    target.value = value;
    // What was parsed; it would be read back from the tree.
    delete target.source;
  }
  return target;
}

function replaced(old: Node | null, node: Node): Node {
  if (old?.comment) node.comment = old.comment;
  if (old?.commentBefore) node.commentBefore = old.commentBefore;
  return node;
}

function mergeList(
  target: YAMLSeq<Node>,
  values: readonly unknown[],
  path: Path,
  merge: Merge,
): void {
  const left = target.items.map((node) => {
    const plain: unknown = node.toJS(merge.document);
    return { node, plain, identity: identityOf(plain) };
  });
  target.items = values
    .map((value) => [value, takeSame(left, value)] as const)
    .map(([value, same]) =>
      same ? mergeEntry(same, value, path, merge) : createNode(merge.document, value),
    );
}

function mergeEntry(target: Node, value: unknown, path: Path, merge: Merge): Node {
  const node = mergeNode(target, value, path, merge);
  if (merge.features.has('entries-pruned') && isMap<Node, Node>(node) && isStruct(value)) {
    node.items = node.items.filter(({ key }) => keyOf(key) in value);
  }
  return node;
}

interface Entry {
  node: Node;
  plain: unknown;
  identity: string;
}

/** Takes the node out of `entries` that stands for the same thing as `value`: same identity, else same content. */
function takeSame(entries: Entry[], value: unknown): Node | undefined {
  const identity = identityOf(value);
  let at = identity === '' ? -1 : entries.findIndex((entry) => entry.identity === identity);
  if (at === -1) {
    const content = JSON.stringify(value);
    at = entries.findIndex((entry) => JSON.stringify(entry.plain) === content);
  }
  return at === -1 ? undefined : entries.splice(at, 1)[0]?.node;
}

const IDENTITY_FIELDS = [
  'id',
  'name',
  'alias',
  'api-key',
  'api_key',
  'apikey',
  'key',
  'provider',
  'model',
];

/** What tells an entry from others: the first of these fields that it has, else its first scalar. Scenario oc-dup-headers. */
function identityOf(value: unknown): string {
  if (!isStruct(value)) return Array.isArray(value) ? '' : String(value).trim();
  const scalars = Object.entries(value)
    .filter(([, field]) => typeof field !== 'object' || field === null)
    .map(([name, field]) => [name, String(field).trim()] as const)
    .filter(([, field]) => field !== '');
  const known = IDENTITY_FIELDS.map((name) => scalars.find((scalar) => scalar[0] === name));
  return (known.find(Boolean) ?? scalars[0])?.join('=') ?? '';
}

const KNOWN_DEFAULTS: Record<string, unknown> = {
  'pprof.addr': '127.0.0.1:8316',
  'remote-management.panel-github-repository':
    'https://github.com/router-for-me/Cli-Proxy-API-Management-Center',
  'plugins.dir': 'plugins',
  'routing.strategy': 'round-robin',
  'error-logs-max-files': 10,
};

const LISTS_LEFT_OUT_WHEN_EMPTY = new Set([
  'generative-language-api-key',
  'gemini-api-key',
  'vertex-api-key',
  'claude-api-key',
  'codex-api-key',
  'openai-compatibility',
]);

/** Whether a field that is new to the file is not written. Scenarios config-no-file-section, oc-zero-values-existing. */
function isLeftOut(value: unknown, path: Path, features: Features): boolean {
  if (!features.has('new-zeros-left-out')) {
    return (
      LISTS_LEFT_OUT_WHEN_EMPTY.has(path.at(-1) ?? '') && Array.isArray(value) && value.length === 0
    );
  }
  if (features.has('zero-weight-kept') && path.at(-1) === 'weight' && value === 0) return false;
  if (isZero(value)) return true;
  return features.has('new-defaults-left-out') && KNOWN_DEFAULTS[path.join('.')] === value;
}

function withoutDefaults(value: unknown, path: Path, merge: Merge): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutDefaults(item, path, merge));
  if (!isStruct(value)) return value;
  const kept = Object.entries(value)
    .filter(([name, field]) => !isLeftOut(field, [...path, name], merge.features))
    .map(([name, field]) => [name, withoutDefaults(field, [...path, name], merge)] as const)
    .filter(([, field]) => !isEmptyCollection(field));
  return Object.fromEntries(kept);
}

function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isZero);
  if (isStruct(value)) return Object.values(value).every(isZero);
  return value === null || value === '' || value === false || value === 0;
}

function isEmptyCollection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

const OLD_KEYS: readonly (VersionRange & { key: string })[] = [
  { key: 'auth' },
  { key: 'generative-language-api-key', since: '6.5.37' },
  { key: 'amp-upstream-url', since: '6.5.37' },
  { key: 'amp-upstream-api-key', since: '6.5.37' },
  { key: 'amp-restrict-management-to-localhost', since: '6.5.37' },
  { key: 'amp-model-mappings', since: '6.5.37' },
  { key: 'ampcode', since: '7.2.0' },
];

/** A write removes what older versions have left in the file. Scenarios oc-legacy-api-keys, ampcode. */
function removeOldKeys(root: YAMLMap<Node, Node>, features: Features): void {
  for (const old of OLD_KEYS) if (features.covers(old)) root.delete(old.key);
  const providers = root.get('openai-compatibility');
  if (!isSeq(providers)) return;
  for (const provider of providers.items) if (isMap(provider)) provider.delete('api-keys');
}

function findPair(map: YAMLMap<Node, Node>, name: string): Pair<Node, Node> | undefined {
  return map.items.find(({ key }) => keyOf(key) === name);
}

function keyOf(key: Node): string {
  return isScalar(key) ? String(key.value) : '';
}

function isStruct(value: unknown): value is Struct {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
