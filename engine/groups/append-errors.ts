import { errorCode } from '../protocol/errors.ts';

/** What those are told whose records could not be appended: codes that every client of a coordinator expects. */
export function appendErrorOf(code: number): number {
  switch (code) {
    case errorCode.UNKNOWN_TOPIC_OR_PARTITION:
    case errorCode.NOT_ENOUGH_REPLICAS:
    case errorCode.REQUEST_TIMED_OUT:
      return errorCode.COORDINATOR_NOT_AVAILABLE;
    case errorCode.NOT_LEADER_OR_FOLLOWER:
    case errorCode.KAFKA_STORAGE_ERROR:
      return errorCode.NOT_COORDINATOR;
    case errorCode.MESSAGE_TOO_LARGE:
    case errorCode.RECORD_LIST_TOO_LARGE:
    case errorCode.INVALID_FETCH_SIZE:
      return errorCode.UNKNOWN_SERVER_ERROR;
    default:
      return code;
  }
}
