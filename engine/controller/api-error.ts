/** A refusal of one item of a request: a wire code with the message that goes with it, null for none. */
export interface ApiError {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export const noError: ApiError = { errorCode: 0, errorMessage: null };

export function apiError(errorCode: number, errorMessage: string | null): ApiError {
  return { errorCode, errorMessage };
}

/** Whether a value is a refusal. */
export function isError(value: object): value is ApiError {
  return 'errorCode' in value;
}
