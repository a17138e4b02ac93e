import type { CfnResource } from 'aws-cdk-lib';
import type { Listing } from '../../../lambda/network/rules/facts';
import type { AppNetwork, Naming } from '../app-network';
import { idOf, isSameId, type Id } from '../ids';

/** A value of a resource, before it is known what it is. */
export interface Given {
  readonly resource: CfnResource;
  readonly value: unknown;
}

/** What can be told of the network of one connection: what is not certain is undefined, or makes a listing incomplete. */
export class FactsReader {
  constructor(
    readonly network: AppNetwork,
    readonly connection: CfnResource,
    /** Groups that rules are asked about. */
    private readonly groups: readonly Id[],
  ) {}

  /** What names something, of which nothing else is known to be missing. */
  listing<T>(owner: Id, { certain, chosen, possible }: Naming, read: (resource: CfnResource) => T): Listing<T> {
    const isOwn = owner.resource !== undefined && !this.network.isInHandsOfOthers(owner.resource);
    const items = certain.filter((resource) => this.isThere(resource));
    return {
      items: items.map(read),
      isComplete: isOwn && items.length === certain.length && chosen.length === 0 && possible.length === 0,
    };
  }

  /** The one that names something, if it certainly is the only one. */
  only({ certain, chosen, possible }: Naming): CfnResource | undefined {
    const [resource] = certain;
    const isCertain = certain.length === 1 && chosen.length === 0 && possible.length === 0;
    return isCertain && resource !== undefined && this.isThere(resource) ? resource : undefined;
  }

  /** Whether a resource is there whenever the connection is. */
  isThere(resource: CfnResource): boolean {
    const conditionOf = (one: CfnResource) => this.network.references.resolve(one).entry.Condition;
    const condition = conditionOf(resource);
    return (
      condition === undefined ||
      (resource.stack === this.connection.stack && condition === conditionOf(this.connection))
    );
  }

  id({ resource, value }: Given): Id | undefined {
    return idOf(this.network.references, resource, value);
  }

  /** The name of a group, as far as it can be told whether it is one of those that are asked about. */
  nameOfGroup(given: Given): string | undefined {
    const id = this.id(given);
    const answers = this.groups.map((group) => id && isSameId(id, group));
    const isKnown = answers.includes(true) || (id?.kind !== 'EXPRESSION' && !answers.includes(undefined));
    return isKnown ? id?.label : undefined;
  }

  text(given: Given): string | undefined {
    const id = this.id(given);
    return id?.kind === 'LITERAL' ? id.key : undefined;
  }

  /** Whether a property is on; by default, as is said. */
  isOn(resource: CfnResource, property: string, byDefault?: boolean): boolean | undefined {
    const { [property]: value = byDefault } = this.network.propertiesOf(resource);
    return ({ true: true, false: false } as const)[String(value)];
  }

  /** A range of addresses; that of a VPC or a subnet of the app may be referred to. */
  cidr(given: Given): string | undefined {
    return this.text(this.followed(given, ['CidrBlock']) ?? given);
  }

  /** A number; the port of a data store of the app may be referred to. */
  number(given: Given): number | undefined {
    const { value } = this.followed(given, ['Port', 'DBPortNumber']) ?? given;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
  }

  /** Of a reference to an attribute, the property of the resource that has its value. */
  private followed({ resource, value }: Given, properties: readonly string[]): Given | undefined {
    const isObject = typeof value === 'object' && value !== null;
    const meaning = isObject ? this.network.references.meaningOf(resource, value) : undefined;
    if (meaning === undefined || !('resource' in meaning)) {
      return undefined;
    }
    const last = meaning.attribute.slice(meaning.attribute.lastIndexOf('.') + 1);
    const own = this.network.propertiesOf(meaning.resource);
    const property = properties.includes(last) ? properties.find((one) => own[one] !== undefined) : undefined;
    return property === undefined ? undefined : { resource: meaning.resource, value: own[property] };
  }
}
