import { controllerApiKeys, loadCall } from '../../../engine/controller/api-calls.ts';
import { apiRow } from '../../../engine/protocol/api-table.ts';
import type { MessageCodec } from '../../../engine/protocol/types.ts';

interface Codecs {
  readonly request: MessageCodec;
  readonly response: MessageCodec;
}

const loaded = new Map<number, Codecs>();

/** Before the first simulation: modules come from the real disk, whose time is not the simulation's. */
for (const key of controllerApiKeys) {
  const row = apiRow(key);
  if (row === undefined) continue;
  const [request, response] = await Promise.all([row.loadRequest(), row.loadResponse(), loadCall(key)]);
  loaded.set(key, { request, response });
}

export function codecsOf(apiKey: number): Codecs {
  const codecs = loaded.get(apiKey);
  if (codecs === undefined) throw new Error(`no codecs of api ${apiKey}`);
  return codecs;
}
