// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 22;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupCurrentMemberAssignmentValue {
  /** int32, versions 0+ */
  memberEpoch: number;
  /** int32, versions 0+ */
  previousMemberEpoch: number;
  /** int8, versions 0+ */
  state: number;
  /** []TaskIds, versions 0+ */
  activeTasks: TaskIds[];
  /** []TaskIds, versions 0+ */
  standbyTasks: TaskIds[];
  /** []TaskIds, versions 0+ */
  warmupTasks: TaskIds[];
  /** []TaskIds, versions 0+ */
  activeTasksPendingRevocation: TaskIds[];
  /** []TaskIds, versions 0+ */
  standbyTasksPendingRevocation: TaskIds[];
  /** []TaskIds, versions 0+ */
  warmupTasksPendingRevocation: TaskIds[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TaskIds {
  /** string, versions 0+ */
  subtopologyId: string;
  /** []int32, versions 0+ */
  partitions: number[];
  /** []int32, versions 0+, nullable 0+, tag 0 */
  assignmentEpochs: number[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupCurrentMemberAssignmentValue(reader: Reader, version: number): StreamsGroupCurrentMemberAssignmentValue;
export declare function encodeStreamsGroupCurrentMemberAssignmentValue(writer: Writer, message: Init<StreamsGroupCurrentMemberAssignmentValue>, version: number): void;
export { decodeStreamsGroupCurrentMemberAssignmentValue as decode, encodeStreamsGroupCurrentMemberAssignmentValue as encode };
