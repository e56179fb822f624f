import { type ApiRow, apiRow } from '../api-table.ts';
import { Reader } from '../reader.ts';
import { emptyBytes } from '../types.ts';

/**
 * The header of a request, read where it lies. Of an api that does not exist nothing but key, version and correlation
 * id is known. Of one that exists the header is read whatever the version: Kafka does so too, and then closes the
 * connection for a version that it cannot read, save for ApiVersions, which it answers with UNSUPPORTED_VERSION in
 * version 0 (KIP-511).
 */
export class RequestHeaderView {
  apiKey = 0;
  apiVersion = 0;
  correlationId = 0;
  /** Undefined for an api that does not exist. */
  row: ApiRow | undefined;
  /** Whether a codec or view can read the request. */
  canRead = false;
  /** -1 is null. The client id's bytes begin at `clientIdStart`. */
  clientIdBytes = -1;
  clientIdStart = 0;
  /** Where the request itself begins. */
  bodyStart = 0;

  readonly #reader = new Reader(emptyBytes);

  /** Reads the header of the frame that lies from `start` to `end`, without its length. Throws ProtocolError. */
  open(bytes: Uint8Array, start: number, end: number): void {
    const reader = this.#reader.reset(bytes, start, end);
    this.apiKey = reader.int16();
    this.apiVersion = reader.int16();
    this.correlationId = reader.int32();
    this.clientIdBytes = -1;
    this.clientIdStart = this.bodyStart = reader.position;
    const row = apiRow(this.apiKey);
    this.row = row;
    this.canRead = row?.canRead(this.apiVersion) ?? false;
    if (row === undefined) return;
    // The client id is never compact, not even in flexible headers.
    this.clientIdBytes = reader.skipString(false, true);
    this.clientIdStart = reader.position - Math.max(this.clientIdBytes, 0);
    if (row.requestHeaderVersion(this.apiVersion) >= 2) reader.skipTags();
    this.bodyStart = reader.position;
  }
}
