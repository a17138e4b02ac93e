import { checkNoSecretInUrl, requireSecretReference, SECRET_NAME } from './secrecy';
import { SecretReference } from './secret-reference';
import { checkText } from './validation';

type Values = Readonly<Record<string, string>>;
type References = Readonly<Record<string, SecretReference>>;

/**
 * One map of Glue's, of which users give plain values and secrets apart: most languages of the CDK have no type for the
 * values of a map of both.
 */
export interface SplitMap {
  /** What the property with the plain values is called. */
  readonly property: string;
  readonly values?: Values;
  /** What the property with the secrets is called. */
  readonly secretProperty: string;
  readonly references?: References;
}

/** Both parts as one map, without what is only there to be undefined. */
export function join({ values, references }: SplitMap): Readonly<Record<string, string | SecretReference>> {
  return Object.fromEntries<string | SecretReference>([...known(values), ...known(references)]);
}

/**
 * Checks both parts, as far as they are known at synthesis.
 *
 * @throws an error that names the property, never its value
 */
export function checkSplitMap({ property, values, secretProperty, references }: SplitMap, maxLength: number): void {
  for (const [name, value] of known(values) as [string, unknown][]) {
    const path = `${property}.${name}`;
    if (value instanceof SecretReference) {
      throw new Error(`'${path}' must be a string, got: a SecretReference, which belongs in '${secretProperty}'`);
    }
    if (SECRET_NAME.test(name)) {
      throw new Error(
        `'${path}' must be a SecretReference in '${secretProperty}', so that no secret gets into the template, got: ` +
          `${typeof value}; use SecretReference.fromSecretsManager(secret, { jsonField })`,
      );
    }
    if (typeof value !== 'string') {
      throw new Error(`'${path}' must be a string, got: ${typeof value}`);
    }
    checkNoSecretInUrl(path, value);
    checkText(path, value, { min: 1, max: maxLength });
  }
  for (const [name, reference] of known(references)) {
    requireSecretReference(`${secretProperty}.${name}`, reference);
    if (values?.[name] !== undefined) {
      throw new Error(`'${secretProperty}.${name}' must not be in '${property}' as well; leave one of them out`);
    }
  }
}

function known<T>(map: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(map).filter(([, value]) => value !== undefined);
}
