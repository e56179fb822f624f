import { readFileSync } from 'node:fs';
import { type BrokerConfig, parseBrokerConfig } from '#engine/metadata/config/broker-config.ts';
import { decodeProperties, PropertiesError, parseProperties } from '#engine/metadata/config/properties.ts';
import { ConfigError } from '#engine/metadata/config/types.ts';
import { CommandError } from './command-error.ts';

/** The configuration in a properties file, with what is set on the command line. Throws CommandError. */
export function readBrokerConfig(path: string, overrides: readonly (readonly [string, string])[] = []): BrokerConfig {
  const properties = readPropertiesFile(path);
  for (const [key, value] of overrides) properties.set(key, value);
  try {
    return parseBrokerConfig(properties);
  } catch (error) {
    if (error instanceof ConfigError) throw new CommandError(error.message);
    throw error;
  }
}

/** Throws CommandError. */
export function readPropertiesFile(path: string): Map<string, string> {
  try {
    return parseProperties(decodeProperties(readFileSync(path)));
  } catch (error) {
    if (error instanceof PropertiesError) throw new CommandError(`${path}: ${error.message}`);
    throw new CommandError(`Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
