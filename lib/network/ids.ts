import { Stack, type CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Certainty } from '../../lambda/network/rules/certainty';
import type { AppReferences, Meaning } from '../cdk/app-references';
import { outermostStack } from '../cdk/nested-stacks';
import { isIntrinsic } from '../cdk/resolvers';

/** What an id in the app's templates stands for: a resource of the app, a text, or an expression. */
export interface Id {
  readonly kind: 'RESOURCE' | 'LITERAL' | 'EXPRESSION';
  /** Equal keys are equal ids. */
  readonly key: string;
  /** As a message names it. */
  readonly label: string;
  /** Where it stands, or where the resource is. */
  readonly stack: Stack;
  readonly resource?: CfnResource;
}

/** Several ids, and whether these are all. */
export interface Ids {
  readonly items: readonly Id[];
  readonly isComplete: boolean;
}

/** Attributes that hold the id of the resource itself, as `Ref` does. Others, such as the default group of a VPC, don't. */
const OWN_ID = /^(Ref|Id|(Group|InternetGateway|NatGateway|RouteTable|Subnet|TransitGateway|Vpc|VPNGateway)Id)$/;

/** The id of a resource of the app. */
export function idOfResource(resource: CfnResource): Id {
  const { node, stack } = resource;
  return { kind: 'RESOURCE', key: node.addr, label: pathOf(resource), stack, resource };
}

/** What a value of a resource says, if there is one. */
export function idOf(references: AppReferences, resource: CfnResource, value: unknown): Id | undefined {
  return value === undefined || value === null
    ? undefined
    : idFrom(resource.stack, references.meaningOf(resource, value));
}

/** What a value of a construct says. */
export function idGivenBy(references: AppReferences, construct: IConstruct, value: unknown): Id | undefined {
  return value === undefined ? undefined : idFrom(Stack.of(construct), references.meaningFrom(construct, value));
}

/** What a list of a resource says: not complete where it, or a part of it, is an expression for several. */
export function idsOf(references: AppReferences, resource: CfnResource, value: unknown): Ids {
  if (!Array.isArray(value)) {
    return { items: [], isComplete: value === undefined };
  }
  const values = value as unknown[];
  return {
    items: values.map((one) => idOf(references, resource, one)).filter((id) => id !== undefined),
    isComplete: !values.some((one) => isIntrinsic(one) && 'Fn::If' in one),
  };
}

/**
 * Whether two ids are one. A literal may be that of a resource of the app, but not in the stack that creates it: nobody
 * knows the id before.
 */
export function isSameId(one: Id, other: Id): Certainty {
  if (one.key === other.key) {
    return true;
  }
  const kinds = [one.kind, other.kind];
  if (kinds.includes('EXPRESSION')) {
    return undefined;
  }
  return one.kind === other.kind || outermostStack(one.stack) === outermostStack(other.stack) ? false : undefined;
}

/** The path as users know it, of the construct that a resource is made for. */
export function pathOf({ node }: CfnResource): string {
  return node.id === 'Resource' || node.id === 'Default' ? (node.scope?.node.path ?? node.path) : node.path;
}

function idFrom(stack: Stack, meaning: Meaning): Id {
  if ('literal' in meaning) {
    const { literal } = meaning;
    return { kind: literal.includes('{{resolve:') ? 'EXPRESSION' : 'LITERAL', key: literal, label: literal, stack };
  }
  if ('expression' in meaning) {
    return { kind: 'EXPRESSION', key: meaning.expression, label: '(known at deployment)', stack };
  }
  const { resource, attribute } = meaning;
  return OWN_ID.test(attribute)
    ? idOfResource(resource)
    : {
        kind: 'EXPRESSION',
        key: `${resource.node.addr}.${attribute}`,
        label: `${attribute} of ${pathOf(resource)}`,
        stack,
      };
}
