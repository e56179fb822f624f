/** Visits every field `errorCode` of a response, in it and in whatever it consists of. */
export function eachErrorCode(message: object, visit: (code: number) => void): void {
  if (Array.isArray(message)) {
    for (const element of message) if (isMessage(element)) eachErrorCode(element, visit);
    return;
  }
  for (const [name, value] of Object.entries(message)) {
    if (name === 'errorCode' && typeof value === 'number') visit(value);
    else if (isMessage(value)) eachErrorCode(value, visit);
  }
}

export function hasErrorCode(message: object, wanted: number): boolean {
  let found = false;
  eachErrorCode(message, (code) => {
    found ||= code === wanted;
  });
  return found;
}

function isMessage(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
