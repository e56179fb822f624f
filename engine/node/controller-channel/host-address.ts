/** The bytes of an IP address, four or sixteen, as an Envelope tells of a client; null for what is no address. */
export function addressBytes(host: string): Uint8Array | null {
  // A zone says by which interface of this machine, which is nothing to others.
  const [address] = host.split('%');
  return address!.includes(':') ? ipv6Bytes(address!) : ipv4Bytes(address!);
}

/** The text of four or sixteen bytes; null for any other number of them. */
export function addressText(bytes: Uint8Array): string | null {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return null;
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2) groups.push(((bytes[at]! << 8) | bytes[at + 1]!).toString(16));
  return groups.join(':');
}

function ipv4Bytes(address: string): Uint8Array | null {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return Uint8Array.from(parts, Number);
}

function ipv6Bytes(address: string): Uint8Array | null {
  const lastColon = address.lastIndexOf(':');
  const tail = address.slice(lastColon + 1);
  if (tail.includes('.')) {
    const embedded = ipv4Bytes(tail);
    if (embedded === null) return null;
    const [a, b, c, d] = embedded;
    const groups = `${((a! << 8) | b!).toString(16)}:${((c! << 8) | d!).toString(16)}`;
    return ipv6Bytes(`${address.slice(0, lastColon + 1)}${groups}`);
  }
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const [before, after] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before!.length - (after?.length ?? 0);
  if (after === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...before!, ...new Array<string>(missing).fill('0'), ...(after ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}
