import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceTargetDefinition.html */
export type RequiresRecreation = 'Never' | 'Conditionally' | 'Always';

/** A property whose change needs a new physical resource. */
export interface CreateOnlyProperty {
  /** From the top; `*` stands for any element of a list or a map. */
  readonly path: readonly string[];
  readonly requiresRecreation: Exclude<RequiresRecreation, 'Never'>;
}

/** Made from `@aws-cdk/aws-service-spec`, which takes longer to load than all of local-cloud. */
export const CREATE_ONLY_FILE = path.join(__dirname, 'create-only.json');

let ofAllTypes: Readonly<Record<string, string>> | undefined;

/** What AWS's specifications say of a type; nothing for one that they don't know. */
export function createOnlyProperties(resourceType: string): readonly CreateOnlyProperty[] {
  ofAllTypes ??= JSON.parse(readFileSync(CREATE_ONLY_FILE, 'utf8')) as Record<string, string>;
  return parseCreateOnly(ofAllTypes[resourceType] ?? '');
}

/** Reads paths like `Name Input.Name Size?`, of which those with a question mark may need a new resource. */
export function parseCreateOnly(paths: string): readonly CreateOnlyProperty[] {
  const [...words] = paths.matchAll(/([^ ?]+)(\??)/g);
  return words.map(([, name = '', mark]) => ({
    path: name.split('.'),
    requiresRecreation: mark === '' ? 'Always' : 'Conditionally',
  }));
}
