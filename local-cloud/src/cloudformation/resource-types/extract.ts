import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { ResourceProperties, SpecDatabase, PropertyType } from '@aws-cdk/service-spec-types';

/**
 * Of every type that AWS's specifications describe: the properties whose change makes another physical resource.
 * `Name` always does, `Name?` may; what stands below a property that always does is left out.
 */
export function createOnlyPaths(): Readonly<Record<string, string>> {
  const database = loadAwsServiceSpecSync();
  const types = database
    .all('resource')
    .map(({ cloudFormationType, properties }): [string, string] => [
      cloudFormationType,
      pathsIn(database, properties, '', []).sort().join(' '),
    ]);
  return Object.fromEntries(types.filter(([, paths]) => paths !== '').sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pathsIn(database: SpecDatabase, properties: ResourceProperties, prefix: string, within: string[]): string[] {
  return Object.entries(properties).flatMap(([name, { type, causesReplacement }]) => {
    const path = prefix + name;
    if (causesReplacement === 'yes') {
      return [path];
    }
    const below = pathsBelow(database, type, path, within);
    // A property that may replace the resource says so for all below that may, too.
    return causesReplacement === 'maybe' ? [`${path}?`, ...below.filter((other) => !other.endsWith('?'))] : below;
  });
}

/** `*` stands for any element of a list or a map. Types may hold themselves. */
function pathsBelow(database: SpecDatabase, type: PropertyType, path: string, within: string[]): string[] {
  switch (type.type) {
    case 'array':
    case 'map':
      return pathsBelow(database, type.element, `${path}.*`, within);
    case 'union':
      return [...new Set(type.types.flatMap((member) => pathsBelow(database, member, path, within)))];
    case 'ref': {
      const id = type.reference.$ref;
      return within.includes(id)
        ? []
        : pathsIn(database, database.get('typeDefinition', id).properties, `${path}.`, [...within, id]);
    }
    default:
      return [];
  }
}
