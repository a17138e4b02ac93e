/** Whether a value of JSON has members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether there is nothing, or an object. */
export function mayHaveMembers(value: unknown): boolean {
  return value === undefined || isObject(value);
}

/** Whether there is nothing, or an object that holds nothing but objects. */
export function holdsObjects(value: unknown): boolean {
  return value === undefined || (isObject(value) && Object.values(value).every(isObject));
}
