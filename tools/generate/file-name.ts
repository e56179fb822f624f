/** `ConsumerProtocolAssignment` to `consumer-protocol-assignment`, `KRaftVersionRecord` to `k-raft-version-record`. */
export function fileNameOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
