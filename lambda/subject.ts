import type { ResourceEvent } from './event';
import { isObject } from './shape';

/** What an event is about, for the log, which masks and shortens it: the name as the template gives it, whatever that is. */
export function subjectOf({ properties, logicalResourceId }: ResourceEvent): string {
  const { ConnectionName: name, TestConnectionInput: input } = properties;
  if (typeof name === 'string' && name !== '') {
    return name;
  }
  const type = isObject(input) ? input.ConnectionType : undefined;
  // Many inputs are of one type.
  return typeof type === 'string' ? `${logicalResourceId} (input of type ${type})` : logicalResourceId;
}
