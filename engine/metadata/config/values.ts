/** Parsed values of a set of keys, with an accessor a type. */
import { assert } from '../../base/assert.ts';
import type { ConfigKeys } from './definitions.ts';
import { ConfigError, type ConfigKey, type ConfigValue, parseType, toNumber } from './types.ts';

export class ConfigValues {
  readonly #values: ReadonlyMap<string, ConfigValue>;

  constructor(values: ReadonlyMap<string, ConfigValue>) {
    this.#values = values;
  }

  get(name: string): ConfigValue {
    const value = this.#values.get(name);
    assert(value !== undefined, `${name} is not a configuration key`);
    return value;
  }

  boolean(name: string): boolean {
    return this.get(name) === true;
  }

  /** 2^63 - 1 is Infinity. */
  number(name: string): number {
    return toNumber(this.get(name));
  }

  numberOrNull(name: string): number | null {
    const value = this.get(name);
    return value === null ? null : toNumber(value);
  }

  text(name: string): string {
    const value = this.get(name);
    return value === null ? '' : String(value);
  }

  textOrNull(name: string): string | null {
    const value = this.get(name);
    return value === null ? null : String(value);
  }

  list(name: string): readonly string[] {
    const value = this.get(name);
    return Array.isArray(value) ? value : [];
  }

  entries(): Iterable<[string, ConfigValue]> {
    return this.#values;
  }
}

/** Text, or the default where there is none, as a checked value. Throws ConfigError. */
export function parseValue(key: ConfigKey, text: string | undefined): ConfigValue {
  let value = text === undefined ? key.defaultValue : parseType(key.name, text, key.type);
  if (value === undefined) {
    throw new ConfigError(`Missing required configuration "${key.name}" which has no default value.`);
  }
  // Repeated entries of plain lists are dropped before the check, so only lists given by other means can fail for them.
  if (Array.isArray(value) && key.valid.includes('list')) value = [...new Set(value)];
  const error = key.validator === null ? null : key.validator(key.name, value);
  if (error !== null) throw new ConfigError(error);
  return value;
}

/** The values of all keys. Throws ConfigError at the first that is wrong. Texts of other keys are left alone. */
export function parseValues(keys: ConfigKeys, texts: ReadonlyMap<string, string>): ConfigValues {
  const values = new Map<string, ConfigValue>();
  for (const key of keys.values()) values.set(key.name, parseValue(key, texts.get(key.name)));
  return new ConfigValues(values);
}
