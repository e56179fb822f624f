import type { Respond } from '../controller/controller.ts';
import { apiRow } from '../protocol/api-table.ts';
import { Reader } from '../protocol/reader.ts';
import { Writer } from '../protocol/writer.ts';

/** Takes a request's body to the active controller: of this node, or by a connection. */
export type SendToController = (apiKey: number, version: number, body: Uint8Array, respond: Respond) => void;

/** Answers the decoded response, null where there was none. */
export type Ask = (apiKey: number, version: number, request: object, done: (response: object | null) => void) => void;

/** Requests as messages over a way that takes bytes: one's own controller is asked no differently from another's. */
export function controllerClient(send: SendToController, failed: (error: unknown) => void): Ask {
  return (apiKey, version, request, done) => {
    const row = apiRow(apiKey);
    if (row === undefined) {
      done(null);
      return;
    }
    Promise.all([row.loadRequest(), row.loadResponse()]).then(([requests, responses]) => {
      const writer = new Writer();
      requests.encode(writer, request, version);
      send(apiKey, version, writer.toBytes(), (body) => {
        done(body === null ? null : responses.decode(new Reader(body), version));
      });
    }, failed);
  };
}
