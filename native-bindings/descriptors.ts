import { loadNative } from './load-native.ts';

interface NativeDescriptors {
  duplicate(fd: number): number;
}

const native = loadNative<NativeDescriptors>('#native/build/descriptors.node');

export const canDuplicateDescriptors = native !== null;

/** Another number for the same open descriptor, to be closed by itself; null where there is none to be had. */
export function duplicateDescriptor(fd: number): number | null {
  const made = native === null ? -1 : native.duplicate(fd);
  return made < 0 ? null : made;
}
