import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { resourcesOf } from './deployment-paths';
import { elementOf, givenByParent } from './nested-stacks';
import { logicalIdsIn, namedIn, resolveResource, resolveWithReferences, type Resolved } from './references';
import { partsOf } from './text-parts';

type ResolvedResource = ReturnType<typeof resolveResource>;

/** What a value resolves to, if that is known at synthesis. */
export type Meaning =
  | { readonly literal: string }
  | { readonly resource: CfnResource; readonly attribute: string }
  /** Equal expressions have the same value. */
  | { readonly expression: string };

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
    const byHand = logicalIdsIn(entry).filter((id) => !references.has(id) && !id.startsWith('AWS::'));
    const targets = [...references.values(), ...byHand.map((id) => this.resourceWith(resource.stack, id))];
    return targets.filter((target) => target !== undefined && CfnResource.isCfnResource(target));
  }

  /** The resources that a value of a resource refers to, also through the parameters of nested stacks. */
  namedIn(resource: CfnResource, value: unknown): CfnResource[] {
    return this.targetsOf(resource.stack, { value, references: this.resolve(resource).references });
  }

  /** What a value of a resource is: a text, or one attribute of one resource, also through the parameters of nested stacks. */
  meaningOf(resource: CfnResource, value: unknown): Meaning {
    return this.meaningIn(resource.stack, { value, references: this.resolve(resource).references });
  }

  /** The same of a value of a construct. */
  meaningFrom(construct: IConstruct, value: unknown): Meaning {
    return this.meaningIn(Stack.of(construct), resolveWithReferences(construct, value));
  }

  private meaningIn(stack: Stack, { value, references }: Resolved): Meaning {
    const parts = partsOf(value);
    const [part = ''] = parts;
    if (parts.length < 2 && typeof part === 'string') {
      return { literal: part };
    }
    const expression = `${stack.node.addr} ${JSON.stringify(value)}`;
    const [named] = parts.length === 1 && isReference(part) ? namedIn(part) : [];
    if (named === undefined || named.name.startsWith('AWS::')) {
      return { expression };
    }
    const { name, attribute } = named;
    const target = references.get(name) ?? this.resourceWith(stack, name) ?? elementOf(stack, name);
    if (target !== undefined && CfnResource.isCfnResource(target)) {
      return { resource: target, attribute: attribute === name ? 'Ref' : attribute };
    }
    const given = target === undefined ? undefined : givenByParent(target);
    return given === undefined ? { expression } : this.meaningIn(given.scope, given);
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

function isReference(part: string | object): boolean {
  return typeof part === 'object' && ('Ref' in part || 'Fn::GetAtt' in part);
}
