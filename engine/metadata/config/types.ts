/** The types of configuration values, and how text becomes a value and a value text, as Kafka's ConfigDef has it. */

export type ConfigType = 'BOOLEAN' | 'STRING' | 'INT' | 'SHORT' | 'LONG' | 'DOUBLE' | 'LIST' | 'CLASS' | 'PASSWORD';

/** Numbers of the types in DescribeConfigs answers; 0 is a key that is not defined. */
export const configTypeCode: Readonly<Record<ConfigType | 'UNKNOWN', number>> = {
  UNKNOWN: 0,
  BOOLEAN: 1,
  STRING: 2,
  INT: 3,
  SHORT: 4,
  LONG: 5,
  DOUBLE: 6,
  LIST: 7,
  CLASS: 8,
  PASSWORD: 9,
};

/** A parsed value. LONG is a bigint, since Kafka's "never" is 2^63 - 1; `toNumber` turns it into what the engine uses. */
export type ConfigValue = boolean | number | bigint | string | readonly string[] | null;

/** Which way a broker key may change while the broker runs. */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide';

export type Importance = 'high' | 'medium' | 'low';

/** Answers what is wrong with a value, in Kafka's words, or null. */
export type Validator = (name: string, value: ConfigValue) => string | null;

export interface ConfigKey {
  readonly name: string;
  readonly type: ConfigType;
  /** undefined: there is no default, the key must be set. */
  readonly defaultValue: ConfigValue | undefined;
  readonly validator: Validator | null;
  /** The validator as written in the table, for documentation. */
  readonly valid: string;
  readonly importance: Importance;
  readonly mode: UpdateMode;
  readonly documentation: string;
  /** Accepted but never described: keys that exist for tests and for the makers. */
  readonly internal: boolean;
}

/** A value that is not acceptable. The message is what a client reads in INVALID_CONFIG and what the log says at start. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export function invalidValue(name: string, value: string, why: string): string {
  return `Invalid value ${value} for configuration ${name}: ${why}`;
}

const int32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const int16 = { min: -(2n ** 15n), max: 2n ** 15n - 1n };
const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** 2^63 - 1: Kafka's way of writing "never" and "without limit" where a LONG is wanted. */
export const longMax = int64.max;

/** Turns text into a value. Throws ConfigError. */
export function parseType(name: string, text: string | null, type: ConfigType): ConfigValue {
  if (text === null) return null;
  const trimmed = trim(text);
  switch (type) {
    case 'BOOLEAN': {
      const lower = trimmed.toLowerCase();
      if (lower === 'true') return true;
      if (lower === 'false') return false;
      throw new ConfigError(invalidValue(name, text, 'Expected value to be either true or false'));
    }
    case 'STRING':
    case 'PASSWORD':
      return trimmed;
    case 'CLASS':
      return text;
    case 'INT':
      return Number(parseInteger(name, text, trimmed, type, int32));
    case 'SHORT':
      return Number(parseInteger(name, text, trimmed, type, int16));
    case 'LONG':
      return parseInteger(name, text, trimmed, type, int64);
    case 'DOUBLE':
      return parseDouble(name, text, trimmed);
    case 'LIST':
      return trimmed === '' ? [] : trimmed.split(/[ \t\n\v\f\r]*,[ \t\n\v\f\r]*/);
  }
}

/** Java's String.trim: everything up to and including the space goes. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

function parseInteger(
  name: string,
  text: string,
  trimmed: string,
  type: ConfigType,
  range: { readonly min: bigint; readonly max: bigint },
): bigint {
  // 64 digits are far more than any of the types holds: longer text is not even converted.
  if (/^[+-]?[0-9]{1,64}$/.test(trimmed)) {
    const value = BigInt(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
    if (value >= range.min && value <= range.max) return value;
  }
  throw new ConfigError(invalidValue(name, text, `Not a number of type ${type}`));
}

function parseDouble(name: string, text: string, trimmed: string): number {
  const decimal = /^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[fFdD]?$/.exec(trimmed);
  if (decimal !== null) {
    const value = Number(decimal[1]);
    return value;
  }
  const named = /^([+-]?)(NaN|Infinity)$/.exec(trimmed);
  if (named !== null) {
    if (named[2] === 'NaN') return Number.NaN;
    return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  throw new ConfigError(invalidValue(name, text, 'Not a number of type DOUBLE'));
}

/** Turns a value into the text that DescribeConfigs shows. The value of a PASSWORD is never shown: see `isSensitive`. */
export function valueToString(value: ConfigValue, type: ConfigType): string | null {
  if (value === null) return null;
  if (type === 'PASSWORD') return '[hidden]';
  if (type === 'DOUBLE') return doubleToString(value as number);
  if (Array.isArray(value)) return value.join(',');
  return String(value);
}

/** Java's Double.toString. */
export function doubleToString(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

export function isSensitive(type: ConfigType | undefined): boolean {
  return type === undefined || type === 'PASSWORD';
}

/** The value as the engine reckons with it: 2^63 - 1 is Infinity, other LONGs are numbers. */
export function toNumber(value: ConfigValue): number {
  if (typeof value === 'bigint') return value === longMax ? Number.POSITIVE_INFINITY : Number(value);
  if (typeof value === 'number') return value;
  throw new ConfigError(`${String(value)} is not a number`);
}
