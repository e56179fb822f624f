import { parseVersions, type VersionRange } from './version-range.ts';

/** What engine/protocol/schemas/README.md describes. */
export interface Schema {
  readonly apis: Api[];
  readonly messages: Message[];
}

export interface Api {
  readonly key: number;
  readonly name: string;
  readonly listeners: string[];
  readonly stable: VersionRange;
  /** What a broker answers to ApiVersions; null where it does not name the api. */
  readonly advertised: VersionRange | null;
  readonly withTelemetryReceiver: boolean;
  readonly clusterAction: boolean;
  readonly forwardable: boolean;
}

export const messageKinds = [
  'request',
  'response',
  'header',
  'data',
  'metadata-record',
  'remote-log-record',
  'coordinator-key',
  'coordinator-value',
] as const;
export type MessageKind = (typeof messageKinds)[number];

export interface Message {
  readonly kind: MessageKind;
  /** Name of the schema file without its folders and ending. */
  readonly source: string;
  /** The api key of a request or response, the type number of a record. */
  readonly key: number | null;
  readonly name: string;
  readonly versions: VersionRange;
  readonly flexible: VersionRange | null;
  readonly fields: Field[];
  /** Every struct of the message by its name, those that are written in place included. */
  readonly structs: Map<string, Struct>;
}

export interface Struct {
  readonly name: string;
  readonly fields: Field[];
}

export const primitives = [
  'bool',
  'int8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'float64',
  'string',
  'uuid',
  'bytes',
  'records',
] as const;

export interface Field {
  readonly name: string;
  /** A primitive or the name of a struct; of the elements where `array`. */
  readonly type: string;
  readonly array: boolean;
  readonly struct: boolean;
  readonly versions: VersionRange;
  readonly nullable: VersionRange | null;
  readonly tag: number | null;
  /** Versions in which this field has compact form, where they are not the message's; undefined otherwise. */
  readonly flexible: VersionRange | null | undefined;
  readonly key: boolean;
  readonly ignorable: boolean;
  /** As written: null, true, a number, or a string in JSON form. Undefined: the type's own. */
  readonly default: string | undefined;
}

interface Line {
  readonly indent: number;
  readonly words: string[];
  readonly default: string | undefined;
  readonly where: string;
}

/** Parses one schema file into `schema`. Throws with file and line on anything it does not understand. */
export function parseSchema(path: string, text: string, schema: Schema): void {
  const source = path.replace(/^.*\//, '').replace(/\.schema$/, '');
  const lines = text.split('\n').flatMap((raw, index) => parseLine(raw, `${path}:${index + 1}`));
  let api: Api | null = null;
  for (let at = 0; at < lines.length; ) {
    const head = lines[at]!;
    let end = at + 1;
    while (end < lines.length && lines[end]!.indent > 0) end++;
    const body = lines.slice(at + 1, end);
    if (head.indent !== 0) throw new Error(`${head.where}: unexpected indent`);
    if (head.words[0] === 'api') schema.apis.push((api = parseApi(head, body)));
    else schema.messages.push(parseMessage(head, body, source, api));
    at = end;
  }
}

function parseLine(line: string, where: string): Line[] {
  const raw = line.replace(/(^|\s)#.*$/, '');
  if (raw.trim() === '') return [];
  const indent = /^ */.exec(raw)![0].length;
  if (indent % 2 !== 0 || /\t/.test(raw)) throw new Error(`${where}: indent by two spaces`);
  const [before, after] = splitDefault(raw.trim());
  return [{ indent: indent / 2, words: before.split(/\s+/), default: after, where }];
}

function splitDefault(line: string): [string, string | undefined] {
  const at = line.indexOf(' = ');
  return at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + 3)];
}

function parseApi(head: Line, body: Line[]): Api {
  const words = (name: string): string[] | undefined => body.find((line) => line.words[0] === name)?.words.slice(1);
  const known = ['listeners', 'stable', 'advertised', 'cluster-action', 'forwardable'];
  for (const line of body) if (!known.includes(line.words[0]!)) throw new Error(`${line.where}: unknown property`);
  const stable = parseVersions(words('stable')?.[0] ?? 'none');
  if (stable === null) throw new Error(`${head.where}: an api needs stable versions`);
  const advertised = words('advertised')?.[0] ?? 'none';
  return {
    key: Number(head.words[1]),
    name: head.words[2]!,
    listeners: words('listeners') ?? [],
    stable,
    advertised: advertised === 'with-telemetry-receiver' ? null : parseVersions(advertised),
    withTelemetryReceiver: advertised === 'with-telemetry-receiver',
    clusterAction: words('cluster-action') !== undefined,
    forwardable: words('forwardable') !== undefined,
  };
}

function parseMessage(head: Line, body: Line[], source: string, api: Api | null): Message {
  const words = head.words.slice();
  const kind = messageKinds.find((known) => known === words[0]);
  if (kind === undefined) throw new Error(`${head.where}: unknown kind ${words[0]}`);
  const key = /^\d+$/.test(words[1]!) ? Number(words.splice(1, 1)[0]) : api === null ? null : api.key;
  if (words[2] !== 'versions' || words[4] !== 'flexible')
    throw new Error(`${head.where}: versions and flexible expected`);
  const versions = parseVersions(words[3]!);
  if (versions === null) throw new Error(`${head.where}: a message needs versions`);
  const structs = new Map<string, Struct>();
  const addStruct = (struct: Struct, where: string): void => {
    if (structs.has(struct.name)) throw new Error(`${where}: ${struct.name} is there twice`);
    structs.set(struct.name, struct);
  };
  const parser = new FieldParser(body, addStruct);
  const fields = parser.fields(1);
  const message = { kind, source, key, name: words[1]!, versions, flexible: parseVersions(words[5]!), fields, structs };
  for (const struct of [{ name: message.name, fields }, ...structs.values()]) {
    for (const field of struct.fields) {
      if (field.struct && !structs.has(field.type)) throw new Error(`${head.where}: no struct ${field.type}`);
    }
  }
  return message;
}

class FieldParser {
  readonly #lines: Line[];
  readonly #addStruct: (struct: Struct, where: string) => void;
  #at = 0;

  constructor(lines: Line[], addStruct: (struct: Struct, where: string) => void) {
    this.#lines = lines;
    this.#addStruct = addStruct;
  }

  fields(indent: number): Field[] {
    const fields: Field[] = [];
    while (this.#at < this.#lines.length && this.#lines[this.#at]!.indent >= indent) {
      const line = this.#lines[this.#at++]!;
      if (line.indent !== indent) throw new Error(`${line.where}: unexpected indent`);
      const own = this.fields(indent + 1);
      if (line.words[0] === 'struct') {
        this.#addStruct({ name: line.words[1]!, fields: own }, line.where);
        continue;
      }
      const field = parseField(line);
      if (own.length > 0) this.#addStruct({ name: field.type, fields: own }, line.where);
      fields.push(field);
    }
    return fields;
  }
}

function parseField(line: Line): Field {
  const [name, typeText, versionsText, ...rest] = line.words;
  const array = typeText!.startsWith('[]');
  const type = array ? typeText!.slice(2) : typeText!;
  const struct = /^[A-Z]/.test(type);
  if (!struct && !primitives.some((known) => known === type)) throw new Error(`${line.where}: unknown type ${type}`);
  const versions = parseVersions(versionsText!);
  if (versions === null) throw new Error(`${line.where}: a field needs versions`);
  let nullable: VersionRange | null = null;
  let tag: number | null = null;
  let flexible: VersionRange | null | undefined;
  let key = false;
  let ignorable = false;
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === 'nullable') nullable = parseVersions(rest.shift()!);
    else if (word === 'flexible') flexible = parseVersions(rest.shift()!);
    else if (word === 'tag') tag = Number(rest.shift());
    else if (word === 'key') key = true;
    else if (word === 'ignorable') ignorable = true;
    else throw new Error(`${line.where}: unknown word ${word}`);
  }
  return { name: name!, type, array, struct, versions, nullable, tag, flexible, key, ignorable, default: line.default };
}
