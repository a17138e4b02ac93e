interface Resource {
  readonly Properties?: unknown;
  readonly DependsOn?: readonly string[];
}

/** A template in which no resource depends on what it refers to anyway, as the CDK writes it. */
export function withoutRedundantDependencies<T extends { readonly Resources: object }>(template: T): T {
  const resources = Object.entries(template.Resources as Readonly<Record<string, Resource>>).map(([id, resource]) => {
    const { DependsOn, ...others } = resource;
    const left = DependsOn?.filter((other) => !refersTo(resource.Properties, other)) ?? [];
    return [id, left.length === 0 ? others : { ...resource, DependsOn: left }];
  });
  return { ...template, Resources: Object.fromEntries(resources) as object };
}

function refersTo(value: unknown, id: string): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Object.entries(value).some(
    ([name, member]) =>
      (name === 'Ref' && member === id) ||
      (name === 'Fn::GetAtt' && (member as readonly unknown[])[0] === id) ||
      refersTo(member, id),
  );
}
