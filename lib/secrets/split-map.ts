import { isSecretName } from '../../lambda/base/redaction/secret-names';
import { checkNoSecretInUrl, requireSecretReference } from './plain-secrets';
import { SecretReference } from './secret-reference';
import { checkText } from './value-checks';

type Values = Readonly<Record<string, string>>;
type References = Readonly<Record<string, SecretReference>>;

/**
 * One map of Glue's. Users give its plain values and its secrets separately, since most languages of the CDK have no
 * type for a map with both.
 */
interface SplitMap {
  /** What the property with the plain values is called. */
  readonly property: string;
  readonly values?: Values;
  /** What the property with the secrets is called. */
  readonly secretProperty: string;
  readonly references?: References;
}

type Options<Property extends string> = { readonly [name in Property]?: Values } & {
  readonly [name in `secret${Capitalize<Property>}`]?: References;
};

/** A property, and the one of the same name with `secret` before it. */
export function splitMap<Property extends string>(property: Property, options: Options<Property>): SplitMap {
  const secretProperty = `secret${property.charAt(0).toUpperCase()}${property.slice(1)}`;
  const { [secretProperty]: references } = options as Readonly<Record<string, References | undefined>>;
  return { property, values: options[property], secretProperty, references };
}

/** Both parts as one map, without undefined values. */
export function joinBoth({ values, references }: SplitMap): Readonly<Record<string, string | SecretReference>> {
  return Object.fromEntries<string | SecretReference>([...givenEntries(values), ...givenEntries(references)]);
}

/** How many characters a value may have, and a name where Glue says so. */
interface Lengths {
  readonly name?: number;
  readonly value: number;
}

/**
 * Checks both parts, as far as they are known at synthesis.
 *
 * @throws an error that names the property, never its value
 */
export function checkSplitMap({ property, values, secretProperty, references }: SplitMap, maxLengths: Lengths): void {
  for (const [name, value] of givenEntries(values) as [string, unknown][]) {
    const path = `${property}.${name}`;
    checkNameIn(property, name, maxLengths);
    if (value instanceof SecretReference) {
      throw new Error(`'${path}' must be a string, got: a SecretReference, which belongs in '${secretProperty}'`);
    }
    if (isSecretName(name)) {
      throw new Error(
        `'${path}' must be a SecretReference in '${secretProperty}', so that no secret gets into the template, got: ` +
          `${typeof value}; use SecretReference.fromSecretsManager(secret, { jsonField })`,
      );
    }
    if (typeof value !== 'string') {
      throw new Error(`'${path}' must be a string, got: ${typeof value}`);
    }
    checkNoSecretInUrl(path, value);
    checkText(path, value, { min: 1, max: maxLengths.value });
  }
  for (const [name, reference] of givenEntries(references)) {
    checkNameIn(secretProperty, name, maxLengths);
    requireSecretReference(`${secretProperty}.${name}`, reference);
    if (values?.[name] !== undefined) {
      throw new Error(`'${secretProperty}.${name}' must not be in '${property}' as well; leave one of them out`);
    }
  }
}

function checkNameIn(property: string, name: string, { name: max }: Lengths): void {
  if (max !== undefined) {
    checkText(`a name in '${property}'`, name, { min: 1, max });
  }
}

function givenEntries<T>(map: Readonly<Record<string, T>> = {}): [string, T][] {
  return Object.entries(map).filter(([, value]) => value !== undefined);
}
