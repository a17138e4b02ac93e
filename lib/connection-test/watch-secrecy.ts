import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isSecretName, mayNameSecret, maySoundSecret } from '../../lambda/base/redaction/secret-names';
import { elementOf, givenByParent } from '../gate/names-in-glue';
import { namedIn } from '../cdk/references';
import { isIntrinsic } from '../cdk/resolvers';
import { holdsSecretInUrl } from '../secrets/plain-secrets';

/** Whether a property, by its path in the connection's input, is one that holds a secret. */
export function isSecretPath(path: string): boolean {
  const names = path.split('.');
  // To leave out too much only means to notice less.
  return names.some((name, index) => maySoundSecret(name) && !(index === names.length - 1 && mayNameSecret(name)));
}

/**
 * Whether a value may be a secret once it is known.
 *
 * @param scope the connection
 * @param value the value as `resolveWithReferences` gives it, with what is referred to
 */
export function mayBeSecret(scope: IConstruct, value: unknown, references: ReadonlyMap<string, IConstruct>): boolean {
  return (
    holdsMap(value) ||
    /\{\{resolve:(secretsmanager|ssm-secure):/.test(JSON.stringify(value ?? null)) ||
    textsIn(value).some(holdsSecretInUrl) ||
    namedIn(value).some(
      ({ name, attribute }) =>
        isSecretName(attribute) || isNoEcho(references.get(name) ?? elementOf(Stack.of(scope), name)),
    )
  );
}

/** A whole map that stands under a condition can't be judged by the names of its members here. */
function holdsMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return (
    !(Array.isArray(value) || isIntrinsic(value)) ||
    // The second argument of `Fn::Sub` is a map of its own.
    (!('Fn::Sub' in value) && Object.values(value).some(holdsMap))
  );
}

/** Whether a parameter is not to be shown, or what it is given by the stack around. */
function isNoEcho(construct: IConstruct | undefined): boolean {
  if (construct === undefined || !('noEcho' in construct)) {
    return false;
  }
  const given = givenByParent(construct);
  return construct.noEcho === true || (given !== undefined && mayBeSecret(given.scope, given.value, given.references));
}

/** Every text that is put together in a value. */
function textsIn(value: unknown): string[] {
  const parts = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return [flatten(value), ...parts.flatMap(textsIn)];
}

/** As the value will look, with something in place of what is only known at deployment. */
function flatten(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (!isIntrinsic(value)) {
    return 'x';
  }
  const { 'Fn::Join': join, 'Fn::Sub': substitution } = value;
  if (Array.isArray(join) && Array.isArray(join[1])) {
    return join[1].map(flatten).join(String(join[0]));
  }
  const template: unknown = Array.isArray(substitution) ? substitution[0] : substitution;
  return typeof template === 'string' ? template.replace(/\$\{[^}]*\}/g, 'x') : 'x';
}
