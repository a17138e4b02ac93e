import type { ResourceEvent } from './event';
import { CONNECTION_TEST, TEST_CONNECTION_INPUT } from '../properties/model';
import { problemsOf } from '../properties/problems';
import { isObject, type Structure } from '../properties/shape';

/** What an event is about, for the log: the connection, or the resource in the template. */
export function subjectOf({ properties, logicalResourceId }: ResourceEvent): string {
  const name = memberOf(CONNECTION_TEST, properties, 'ConnectionName');
  if (name !== undefined) {
    return name;
  }
  const type = memberOf(TEST_CONNECTION_INPUT, properties.TestConnectionInput, 'ConnectionType');
  // Many inputs are of one type.
  return type === undefined ? logicalResourceId : `${logicalResourceId} (input of type ${type})`;
}

/** A text, but none that has not its form: it could be a secret that was put into the wrong place. */
function memberOf({ members }: Structure, value: unknown, name: string): string | undefined {
  const shape = members[name];
  const member = isObject(value) ? value[name] : undefined;
  const isRight = typeof member === 'string' && shape !== undefined && problemsOf(shape, member).length === 0;
  return isRight ? member : undefined;
}
