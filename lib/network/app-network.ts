import type { CfnResource } from 'aws-cdk-lib';
import type { AppReferences } from '../cdk/app-references';
import { isIntrinsic } from '../cdk/resolvers';
import { partsOf } from '../cdk/text-parts';
import { valuesAt } from '../cdk/values-at';
import { AWAITED_TYPES, type AwaitedType } from './awaited-types';
import { idOf, isSameId, type Id } from './ids';

/** What names something by one of its properties. */
export interface Naming {
  /** For sure. */
  readonly certain: readonly CfnResource[];
  /** In one case of an `Fn::If`. */
  readonly chosen: readonly CfnResource[];
  /** What may do so, since it is not known what it names. */
  readonly possible: readonly CfnResource[];
}

/** The resources of an app that make up its networks, by what they name. */
export class AppNetwork {
  private readonly byType = new Map<string, CfnResource[]>();
  private readonly named = new Map<string, readonly Named[]>();
  private readonly known = new Map<string, Naming>();
  private inHandsOfOthers?: ReadonlySet<CfnResource>;
  private nestedStacks?: ReadonlySet<CfnResource | undefined>;

  constructor(
    resources: readonly CfnResource[],
    readonly references: AppReferences,
  ) {
    for (const resource of resources) {
      const { cfnResourceType: type } = resource;
      const same = this.byType.get(type) ?? [];
      this.byType.set(type, same);
      same.push(resource);
    }
  }

  /** Whether there is anything that a test may have to wait for. */
  get isAwaited(): boolean {
    return AWAITED_TYPES.some((type) => this.byType.has(type));
  }

  /** The resources of a type that name something by a property, or by an element of it where it is a list. */
  naming(type: string, property: string, id: Id): Naming {
    const key = [type, property, id.key].join(' ');
    const naming = this.known.get(key) ?? this.find(type, property, id);
    this.known.set(key, naming);
    return naming;
  }

  /** What CloudFormation may be told that a resource names: for sure, or in one case. */
  awaited(type: AwaitedType, property: string, id: Id): CfnResource[] {
    const { certain, chosen } = this.naming(type, property, id);
    return [...certain, ...chosen];
  }

  /** Whether something may change a resource of which it isn't known what it does, such as a custom resource. */
  isInHandsOfOthers(resource: CfnResource): boolean {
    this.inHandsOfOthers ??= new Set(
      [...this.byType.values()]
        .flat()
        .filter((other) => OF_OTHERS.test(other.cfnResourceType) && !this.isNestedStack(other))
        .flatMap((other) => this.resourcesIn(other, this.propertiesOf(other))),
    );
    return this.inHandsOfOthers.has(resource);
  }

  /** The ids that a property of a resource names, in all cases. */
  idsAt(resource: CfnResource, path: string): Id[] {
    return valuesAt(this.propertiesOf(resource), path)
      .map((value) => idOf(this.references, resource, value))
      .filter((id) => id !== undefined);
  }

  idAt(resource: CfnResource, property: string): Id | undefined {
    return idOf(this.references, resource, this.propertiesOf(resource)[property]);
  }

  propertiesOf(resource: CfnResource): Readonly<Record<string, unknown>> {
    return this.references.resolve(resource).entry.Properties ?? {};
  }

  /** One of the CDK's, whose template is read as any other. */
  private isNestedStack(resource: CfnResource): boolean {
    this.nestedStacks ??= new Set([...this.byType.values()].flat().map(({ stack }) => stack.nestedStackResource));
    return this.nestedStacks.has(resource);
  }

  /** The resources whose ids a value has, at any depth. */
  private resourcesIn(owner: CfnResource, value: unknown): CfnResource[] {
    if (typeof value === 'object' && value !== null && !isIntrinsic(value)) {
      return Object.values(value).flatMap((member) => this.resourcesIn(owner, member));
    }
    return partsOf(value)
      .filter((part) => typeof part === 'object')
      .flatMap((part) => idOf(this.references, owner, part)?.resource ?? []);
  }

  private find(type: string, property: string, id: Id): Naming {
    const certain: CfnResource[] = [];
    const chosen: CfnResource[] = [];
    const possible: CfnResource[] = [];
    for (const { resource, ids, isChoice, isByName } of this.namedBy(type, property)) {
      const answers = isByName ? [undefined] : ids.map((one) => isSameId(one, id));
      if (answers.includes(true)) {
        (isChoice ? chosen : certain).push(resource);
      } else if (answers.includes(undefined)) {
        possible.push(resource);
      }
    }
    return { certain, chosen, possible };
  }

  private namedBy(type: string, property: string): readonly Named[] {
    const key = `${type} ${property}`;
    const named =
      this.named.get(key) ??
      (this.byType.get(type) ?? []).map((resource) => ({
        resource,
        ids: this.idsAt(resource, property),
        isByName: property === 'GroupId' && this.propertiesOf(resource).GroupName !== undefined,
        isChoice: JSON.stringify(this.propertiesOf(resource)[property] ?? null).includes('"Fn::If"'),
      }));
    this.named.set(key, named);
    return named;
  }
}

interface Named {
  readonly resource: CfnResource;
  readonly ids: readonly Id[];
  readonly isChoice: boolean;
  /** A rule may name its security group, of the default VPC, by `GroupName`. */
  readonly isByName: boolean;
}

/** The types of what may do anything: custom resources, and templates that aren't known. */
const OF_OTHERS =
  /^AWS::(CloudFormation::(CustomResource|Stack|StackSet)$|ServiceCatalog::)|^(?!AWS::|Custom::GlueConnectionTest$)/;
