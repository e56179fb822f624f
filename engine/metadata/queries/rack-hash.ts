/** A rack as a number, for what has no room for names; 0 stands for none. Two racks of one number are taken for one. */
export function rackHash(rack: string | null): number {
  if (rack === null || rack === '') return 0;
  let hash = 0;
  for (let i = 0; i < rack.length; i++) hash = (Math.imul(hash, 31) + rack.charCodeAt(i)) | 0;
  return hash === 0 ? 1 : hash;
}
