import { controllerApiKeys, loadCall } from '../../../engine/controller/api-calls.ts';
import { apiTable } from '../../../engine/protocol/api-table.ts';
import type { MessageCodec } from '../../../engine/protocol/types.ts';

interface Codecs {
  readonly request: MessageCodec;
  readonly response: MessageCodec;
}

const loaded = new Map<number, Codecs>();

/** Before the first simulation: modules come from the real disk, whose time is not the simulation's. */
for (const row of apiTable) {
  const [request, response] = await Promise.all([row.loadRequest(), row.loadResponse()]);
  loaded.set(row.key, { request, response });
}
for (const key of controllerApiKeys) await loadCall(key);

export function codecsOf(apiKey: number): Codecs {
  const codecs = loaded.get(apiKey);
  if (codecs === undefined) throw new Error(`no codecs of api ${apiKey}`);
  return codecs;
}
