import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import { emptyValue, type Struct, type StructType, type ValueType } from './types.ts';

/** A file that the server does not take; the message is the one it answers. */
export class InvalidYaml extends Error {}

interface Source {
  document: Document;
  lines: LineCounter;
}

/**
 * Reads config.yaml, its text or its parsed form, as `type`: missing fields get their fallback, unknown ones are
 * dropped, any scalar fits a text field. Throws InvalidYaml. Recorded v7.2.140, scenario config-yaml (the wording of
 * other errors than the recorded ones is not the server's).
 */
export function decodeYaml(type: StructType, from: string | Document): Struct {
  const lines = new LineCounter();
  const document = typeof from === 'string' ? parse(from, lines) : from;
  if (document.contents === null) return emptyValue(type) as Struct;
  return readStruct(type, document.contents as Node, { document, lines });
}

function parse(text: string, lines: LineCounter): Document {
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const problem = document.errors[0];
  if (!problem) return document;
  const { line } = lines.linePos(problem.pos[0]);
  throw new InvalidYaml(`yaml: line ${line}: did not find expected ',' or ']'`);
}

function read(type: ValueType, node: Node, source: Source): unknown {
  if (isAlias(node)) {
    const target = node.resolve(source.document);
    return target ? read(type, target, source) : emptyValue(type);
  }
  switch (type.kind) {
    case 'raw':
      return node.toJS(source.document);
    case 'struct':
      return isNull(node) ? emptyValue(type) : readStruct(type, node, source);
    case 'optional':
      return isNull(node) ? null : read(type.of, node, source);
    case 'list':
      if (isNull(node)) return null;
      if (!isSeq<Node>(node)) throw wrongType(type, node, source);
      return node.items.map((item) => read(type.of, item, source));
    case 'map':
      if (isNull(node)) return null;
      return Object.fromEntries(
        entriesOf(type, node, source).map(([key, value]) => [key, read(type.of, value, source)]),
      );
    default:
      return readScalar(type, node, source);
  }
}

function readStruct(type: StructType, node: Node, source: Source): Struct {
  const result = emptyValue(type) as Struct;
  for (const [name, value] of entriesOf(type, node, source)) {
    const field = type.fields.find((candidate) => candidate.name === name);
    if (field && !(isNull(value) && field.fallback !== undefined)) {
      result[name] = read(field.type, value, source);
    }
  }
  return result;
}

/** Keys and values of a mapping, those of a merged one (`<<`) first. */
function entriesOf(type: ValueType, node: Node, source: Source): [string, Node][] {
  const mapping = isAlias(node) ? node.resolve(source.document) : node;
  if (!isMap<Node, Node>(mapping)) throw wrongType(type, node, source);
  const own = mapping.items.flatMap(({ key, value }): [string, Node][] =>
    value && isScalar(key) ? [[String(key.value), value]] : [],
  );
  const merged = own
    .filter(([key]) => key === '<<')
    .flatMap(([, value]) => entriesOf(type, value, source));
  return [...merged, ...own];
}

const FLAG_WORDS = new Map([
  ['yes', true],
  ['on', true],
  ['no', false],
  ['off', false],
]);

function readScalar(type: ValueType, node: Node, source: Source): unknown {
  if (!isScalar(node)) throw wrongType(type, node, source);
  if (node.value === null) return emptyValue(type);
  const value = scalarValue(node);
  if (type.kind === 'text' || type.kind === 'duration') return node.source ?? String(value);
  if (type.kind === 'whole' && Number.isInteger(value)) return value;
  if (type.kind === 'flag') {
    if (typeof value === 'boolean') return value;
    const word = FLAG_WORDS.get(String(value).toLowerCase());
    if (word !== undefined) return word;
  }
  throw wrongType(type, node, source);
}

function isNull(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

const GO_TYPES = { text: 'string', flag: 'bool', whole: 'int', struct: 'config.Config' };

function wrongType(type: ValueType, node: Node, { lines }: Source): InvalidYaml {
  const { line } = lines.linePos(node.range?.[0] ?? 0);
  const given = isSeq(node)
    ? '!!seq'
    : isMap(node)
      ? '!!map'
      : `${tagOf(node)} \`${scalarValue(node)}\``;
  const wanted = GO_TYPES[type.kind as keyof typeof GO_TYPES] ?? type.kind;
  return new InvalidYaml(
    `yaml: unmarshal errors:\n  line ${line}: cannot unmarshal ${given} into ${wanted}`,
  );
}

function tagOf(node: Node): string {
  const value = scalarValue(node);
  if (typeof value === 'boolean') return '!!bool';
  if (typeof value === 'number') return Number.isInteger(value) ? '!!int' : '!!float';
  return '!!str';
}

function scalarValue(node: Node): string | number | boolean | undefined {
  return isScalar(node) ? (node.value as string | number | boolean) : undefined;
}
