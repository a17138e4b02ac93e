import { ValidationError } from '../errors';
import type { Properties } from '../resource-handler';
import { evaluate } from '../template/functions';
import { asIntrinsic, isRecord } from '../template/intrinsic';
import { referencesIn, type Reference } from '../template/references';
import type { ResourceDefinition, StackModel } from '../template/stack-model';
import type { Change } from './change';
import type { StackScope } from './scope';

/** What can be seen of an operation before it begins. */
export interface Outlook {
  readonly model: StackModel;
  readonly scope: StackScope;
  /** What becomes of a resource. */
  readonly changeOf: (logicalId: string) => Change | undefined;
}

/** Fails where AWS refuses the template. */
export function assertEvaluable({ properties }: ResourceDefinition, { scope }: Outlook): void {
  known(properties, scope);
}

/** Properties as they will be if nothing changes that is not certain to change. */
export function assumed(properties: Properties, previous: Properties, outlook: Outlook): Properties {
  return assumedValue(properties, previous, outlook) as Properties;
}

function assumedValue(value: unknown, previous: unknown, outlook: Outlook): unknown {
  if (Array.isArray(value)) {
    const before: readonly unknown[] = Array.isArray(previous) ? previous : [];
    return value.map((item, index) => assumedValue(item, before[index], outlook)).filter((item) => item !== undefined);
  }
  if (isRecord(value) && !asIntrinsic(value)) {
    const before = isRecord(previous) ? previous : {};
    const members = Object.entries(value).map(([key, member]) => [key, assumedValue(member, before[key], outlook)]);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined)) as Properties;
  }
  return openReferences(value, outlook).length > 0 ? previous : known(value, outlook.scope);
}

/**
 * The references whose values are known when the operation is under way: a name changes by replacement only, an
 * attribute by any change.
 */
export function openReferences(value: unknown, { model, scope, changeOf }: Outlook): Reference[] {
  const references = referencesIn(value).filter(({ name }) => model.resources.has(name));
  const open = references.filter(({ name, attribute }) => {
    const { action, replacement } = changeOf(name) ?? {};
    return action === 'Add' || (action === 'Modify' && (attribute !== undefined || replacement !== 'False'));
  });
  // An attribute that a resource does not have may come with an update of it.
  return open.length === 0 && known(value, scope) === UNKNOWN ? references : open;
}

const UNKNOWN = Symbol('known after a resource was created or updated');

function known(value: unknown, scope: StackScope): unknown {
  try {
    return evaluate(value, scope);
  } catch (error) {
    if (error instanceof ValidationError) {
      throw error;
    }
    return UNKNOWN;
  }
}
