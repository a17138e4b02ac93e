import type { ResourceEvent } from './event';
import { CONNECTION_TEST, TEST_CONNECTION_INPUT } from '../properties/model';
import { problemsOf } from '../properties/problems';
import { isObject, type Structure } from '../properties/shape';

/** Names what an event is about, for the log: the connection, or the resource in the template. */
export function subjectOf({ properties, logicalResourceId }: ResourceEvent): string {
  const name = validMember(CONNECTION_TEST, properties, 'ConnectionName');
  if (name !== undefined) {
    return name;
  }
  const type = validMember(TEST_CONNECTION_INPUT, properties.TestConnectionInput, 'ConnectionType');
  // Many inputs share one type, so the type alone would not be enough.
  return type === undefined ? logicalResourceId : `${logicalResourceId} (input of type ${type})`;
}

/** Returns a string only if it is valid for its property. An invalid one could be a secret in the wrong place. */
function validMember({ members }: Structure, value: unknown, name: string): string | undefined {
  const shape = members[name];
  const member = isObject(value) ? value[name] : undefined;
  const isValid = typeof member === 'string' && shape !== undefined && problemsOf(shape, member).length === 0;
  return isValid ? member : undefined;
}
