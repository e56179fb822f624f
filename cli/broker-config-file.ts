import { readFileSync } from 'node:fs';
import { type BrokerConfig, parseBrokerConfig } from '#engine/metadata/config/broker-config.ts';
import { decodeProperties, PropertiesError, parseProperties } from '#engine/metadata/config/properties.ts';
import { ConfigError } from '#engine/metadata/config/types.ts';
import { CommandError } from './command-error.ts';

/** The configuration in a properties file. Throws CommandError. */
export function readBrokerConfig(path: string): BrokerConfig {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CommandError(`Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return parseBrokerConfig(parseProperties(decodeProperties(bytes)));
  } catch (error) {
    if (error instanceof ConfigError || error instanceof PropertiesError) throw new CommandError(error.message);
    throw error;
  }
}
