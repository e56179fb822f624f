// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 21;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupTargetAssignmentMemberValue {
  /** []TaskIds, versions 0+ */
  activeTasks: TaskIds[];
  /** []TaskIds, versions 0+ */
  standbyTasks: TaskIds[];
  /** []TaskIds, versions 0+ */
  warmupTasks: TaskIds[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TaskIds {
  /** string, versions 0+ */
  subtopologyId: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupTargetAssignmentMemberValue(reader: Reader, version: number): StreamsGroupTargetAssignmentMemberValue;
export declare function encodeStreamsGroupTargetAssignmentMemberValue(writer: Writer, message: Init<StreamsGroupTargetAssignmentMemberValue>, version: number): void;
export { decodeStreamsGroupTargetAssignmentMemberValue as decode, encodeStreamsGroupTargetAssignmentMemberValue as encode };
