import { CfnResource, type Stack } from 'aws-cdk-lib';
import { resourcesOf } from './deployment-paths';
import { givenByParent } from './nested-stacks';
import { logicalIdsIn, namedIn, resolveResource, type Resolved } from './references';

type ResolvedResource = ReturnType<typeof resolveResource>;

/**
 * What the resources of an app refer to, by tokens or by logical ids that were written by hand. Each resource is
 * resolved once.
 */
export class AppReferences {
  private readonly resolved = new Map<CfnResource, ResolvedResource>();
  private readonly logicalIds = new Map<Stack, ReadonlyMap<string, CfnResource>>();

  /** A resource as it is in the template. */
  resolve(resource: CfnResource): ResolvedResource {
    const known = this.resolved.get(resource) ?? resolveResource(resource);
    this.resolved.set(resource, known);
    return known;
  }

  /** The resources that a resource waits for because its entry in the template names them. */
  awaitedBy(resource: CfnResource): CfnResource[] {
    const { entry, references } = this.resolve(resource);
    const byHand = logicalIdsIn(entry).filter((id) => !references.has(id));
    const targets = [...references.values(), ...byHand.map((id) => this.resourceWith(resource.stack, id))];
    return targets.filter((target) => target !== undefined && CfnResource.isCfnResource(target));
  }

  /** The resources that a value of a resource refers to, also through the parameters of nested stacks. */
  namedIn(resource: CfnResource, value: unknown): CfnResource[] {
    return this.targetsOf(resource.stack, { value, references: this.resolve(resource).references });
  }

  private targetsOf(stack: Stack, { value, references }: Resolved): CfnResource[] {
    return namedIn(value).flatMap(({ name }) => {
      const target = references.get(name) ?? this.resourceWith(stack, name);
      if (target === undefined || CfnResource.isCfnResource(target)) {
        return target ?? [];
      }
      const given = givenByParent(target);
      return given === undefined ? [] : this.targetsOf(given.scope, given);
    });
  }

  private resourceWith(stack: Stack, logicalId: string): CfnResource | undefined {
    const known =
      this.logicalIds.get(stack) ??
      new Map(resourcesOf(stack).map((resource) => [stack.resolve(resource.logicalId) as string, resource]));
    this.logicalIds.set(stack, known);
    return known.get(logicalId);
  }
}
