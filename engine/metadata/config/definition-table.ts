/**
 * Reads the tables of ./definitions, one key a line:
 *
 *   name | type | default | what it must be | importance | update mode | documentation
 *
 * A default of `null` is Kafka's null, `required` means that the key must be set. For the third column see
 * ./validators.ts. The update mode is that of broker keys; keys of topics, groups and client metrics always change at once.
 */
import { assert } from '../../base/assert.ts';
import { type ConfigKey, type ConfigType, type Importance, parseType, type UpdateMode } from './types.ts';
import { parseValidator } from './validators.ts';

export function readTable(table: string, internal: (name: string) => boolean): ConfigKey[] {
  const keys: ConfigKey[] = [];
  for (const line of table.split('\n')) {
    if (line !== '') keys.push(readLine(line, internal));
  }
  return keys;
}

function readLine(line: string, internal: (name: string) => boolean): ConfigKey {
  const cells = line.split('|').map((cell) => cell.trim());
  assert(cells.length === 7, `a table line needs seven cells: ${line}`);
  const [name, type, written, valid, importance, mode, documentation] = cells;
  const configType = type as ConfigType;
  const defaultValue = written === 'required' ? undefined : parseDefault(name, written, configType);
  return {
    name,
    type: configType,
    defaultValue,
    validator: parseValidator(valid, configType, defaultValue === null),
    valid,
    importance: importance as Importance,
    mode: mode as UpdateMode,
    documentation,
    internal: internal(name),
  };
}

function parseDefault(name: string, written: string, type: ConfigType): ConfigKey['defaultValue'] {
  return written === 'null' ? null : parseType(name, written, type);
}
