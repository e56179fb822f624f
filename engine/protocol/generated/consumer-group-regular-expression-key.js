// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 16;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupRegularExpressionKey as decode, encodeConsumerGroupRegularExpressionKey as encode };

export function decodeConsumerGroupRegularExpressionKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupRegularExpressionKey', v);
  return {
    groupId: r.string(false),
    regularExpression: r.string(false),
  };
}

export function encodeConsumerGroupRegularExpressionKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupRegularExpressionKey', v);
  w.string(m.groupId ?? '', false);
  w.string(m.regularExpression ?? '', false);
}
