/** What a value must be, written in a table cell, and Kafka's words for what is wrong with it. */
import { assert } from '../../base/assert.ts';
import { type ConfigType, type ConfigValue, doubleToString, invalidValue, type Validator } from './types.ts';
import { bootstrapServersError, votersError } from './voters.ts';

/**
 * Reads a cell of the definition tables:
 * `[0,...]`, `[1,...,9]`, `[1,...,9] or -1` (numbers), `[a, b]`, `(case insensitive) [a, b]`, `non-empty string`,
 * `non-null string`, `list`, `non-empty list`, `list of [a, b]`, `voters`, `bootstrap servers`, `throttled replicas`,
 * `offset reset`. An empty cell allows everything.
 */
export function parseValidator(cell: string, type: ConfigType, nullAllowed: boolean): Validator | null {
  switch (cell) {
    case '':
      return null;
    case 'non-empty string':
      return (name, value) => (value === '' ? invalidValue(name, '', 'String must be non-empty') : null);
    case 'non-null string':
      return (name, value) => (value === null ? invalidValue(name, 'null', 'entry must be non null') : null);
    case 'throttled replicas':
      return throttledReplicas;
    case 'offset reset':
      return offsetReset;
    case 'voters':
      return (_, value) => (Array.isArray(value) ? votersError(value) : null);
    case 'bootstrap servers':
      return (_, value) => (Array.isArray(value) ? bootstrapServersError(value) : null);
  }
  if (type === 'LIST') return parseListValidator(cell, nullAllowed);
  if (type === 'STRING') return parseStringValidator(cell);
  return parseRangeValidator(cell, type);
}

function parseRangeValidator(cell: string, type: ConfigType): Validator {
  const match = /^\[(-?[0-9.]+),\.\.\.(?:,(-?[0-9.]+))?\](?: or (-?[0-9]+))?$/.exec(cell);
  assert(match !== null, `unknown validator ${cell}`);
  const min = Number(match[1]);
  const max = match[2] === undefined ? undefined : Number(match[2]);
  const also = match[3] === undefined ? undefined : Number(match[3]);
  return (name, value) => {
    if (value === null) return invalidValue(name, 'null', 'Value must be non-null');
    const number = Number(value);
    if (also !== undefined) {
      const good = number === also || (number >= min && number <= (max ?? number));
      return good
        ? null
        : invalidValue(name, text(value), `Value must be between ${min} and ${max} or equal to ${also}`);
    }
    if (number < min) return invalidValue(name, text(value), `Value must be at least ${min}`);
    if (max !== undefined && number > max) return invalidValue(name, text(value), `Value must be no more than ${max}`);
    return null;
  };
  function text(value: ConfigValue): string {
    return type === 'DOUBLE' ? doubleToString(Number(value)) : String(value);
  }
}

function parseStringValidator(cell: string): Validator {
  const match = /^(\(case insensitive\) )?\[(.*)\]$/.exec(cell);
  assert(match !== null, `unknown validator ${cell}`);
  const allowed = match[2].split(', ');
  if (match[1] !== undefined) {
    const upper = new Set(allowed.map((one) => one.toUpperCase()));
    const why = `String must be one of (case insensitive): ${allowed.join(', ')}`;
    return (name, value) =>
      value !== null && upper.has(String(value).toUpperCase()) ? null : invalidValue(name, String(value), why);
  }
  return oneOf(allowed);
}

function oneOf(allowed: readonly string[]): Validator {
  const why = `String must be one of: ${allowed.join(', ')}`;
  return (name, value) =>
    typeof value === 'string' && allowed.includes(value) ? null : invalidValue(name, String(value), why);
}

function parseListValidator(cell: string, nullAllowed: boolean): Validator {
  const match = /^(non-empty )?list(?: of \[(.*)\])?$/.exec(cell);
  assert(match !== null, `unknown validator ${cell}`);
  const emptyAllowed = match[1] === undefined;
  const allowed = match[2];
  const each = allowed === undefined ? null : oneOf(allowed.split(', '));
  const include = allowed === undefined ? 'any non-empty value' : `[${allowed}]`;
  return (name, value) => {
    if (value === null) return nullAllowed ? null : `Configuration '${name}' values must not be null.`;
    const list = value as readonly string[];
    if (list.length === 0) {
      return emptyAllowed ? null : `Configuration '${name}' must not be empty. Valid values include: ${include}`;
    }
    if (new Set(list).size < list.length) return `Configuration '${name}' values must not be duplicated.`;
    for (const one of list) {
      if (one === '') return `Configuration '${name}' values must not be empty.`;
      const error = each === null ? null : each(name, one);
      if (error !== null) return error;
    }
    return null;
  };
}

const throttledReplicas: Validator = (name, value) => {
  const list = value as readonly string[];
  if (list.length === 1 && list[0] === '*') return null;
  if (list.every((one) => /^([0-9]+:[0-9]+)?$/.test(one))) return null;
  const why = `${name} must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...`;
  return invalidValue(name, `[${list.join(', ')}]`, why);
};

const offsetReset: Validator = (name, value) => {
  const text = String(value);
  if (text === 'earliest' || text === 'latest') return null;
  if (text.startsWith('by_duration:') && isForwardDuration(text.slice('by_duration:'.length))) return null;
  const inner = `Invalid value \`${text}\` for configuration ${name}. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.`;
  return invalidValue(name, text, inner);
};

/** A duration as java.time reads it (days, hours, minutes, seconds), that does not point to the future. */
function isForwardDuration(text: string): boolean {
  const number = '([+-]?[0-9]{1,18})';
  const pattern = `^([+-]?)P(?:${number}D)?(?:(T)(?:${number}H)?(?:${number}M)?(?:([+-]?[0-9]{1,18})(?:[.,]([0-9]{0,9}))?S)?)?$`;
  const match = new RegExp(pattern, 'i').exec(text);
  if (match === null) return false;
  const [, sign, days, time, hours, minutes, seconds, fraction] = match;
  if (days === undefined && hours === undefined && minutes === undefined && seconds === undefined) return false;
  if (time !== undefined && hours === undefined && minutes === undefined && seconds === undefined) return false;
  const whole = Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
  const part = Number(`0.${fraction ?? '0'}0`) * ((seconds ?? '').startsWith('-') ? -1 : 1);
  const total = whole + Number(seconds ?? 0) + part;
  return (sign === '-' ? -total : total) >= 0;
}
