import { CfnResource, Lazy, Stack, type IResolvable } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ConnectionTestProps } from './connection-test-props';
import { refersToOwnStack, resolveResource } from '../cdk/references';
import { isIntrinsic } from '../cdk/resolvers';
import { propertiesAtFingerprint } from '../target/connection-definition';
import { isWatched, mayRevealSecret } from './watched-values';

/**
 * What CloudFormation has to see so that the test runs again when a value changes which the template only refers to.
 *
 * Only of the test's own stack: a reference to another one would tie the stacks together.
 */
export function watch(test: IConstruct, props: ConnectionTestProps): IResolvable {
  const { target, secret, everyDeployment = false } = props;
  const { resource } = target._facts;
  const connection = resource && Stack.of(resource) === Stack.of(test) ? resource : undefined;
  const secretId = secret?.secretRef.secretId;
  const watched = {
    // If another secret replaces this one, the ARN changes.
    Secret: secretId !== undefined && (isImported(secret) || refersToOwnStack(test, secretId)) ? secretId : undefined,
    SynthesizedAt: everyDeployment ? new Date().toISOString() : undefined,
  };
  return Lazy.uncachedAny({
    produce: ({ preparing }) => {
      // What the connection refers to is prepared with the connection itself.
      const all = { ...(connection && !preparing ? watchedProperties(connection) : {}), ...watched };
      return Object.values(all).some((value) => value !== undefined) ? all : undefined;
    },
  });
}

function isImported(secret: IConstruct | undefined): boolean {
  return secret !== undefined && !CfnResource.isCfnResource(secret) && secret.node.defaultChild === undefined;
}

/**
 * The watched properties whose values are only known at deployment, such as an endpoint or a parameter. The function gets
 * them in its events, so that a value that may reveal a secret is left out.
 */
function watchedProperties(connection: CfnResource): Record<string, unknown> {
  const varying = leavesOf(propertiesAtFingerprint(connection).ConnectionInput).filter(
    ([path, value]) => isWatched(path) && varies(value),
  );
  if (varying.length === 0) {
    return {};
  }
  const { entry, references } = resolveResource(connection);
  const judged = new Map(leavesOf(entry.Properties?.ConnectionInput));
  return Object.fromEntries(varying.filter(([path]) => !mayRevealSecret(connection, judged.get(path), references)));
}

type Leaf = readonly [path: string, value: unknown];

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null || isIntrinsic(value)) {
    return [[path, value]];
  }
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, path === '' ? name : `${path}.${name}`));
}

/** Functions that yield the same in each deployment of a template, if their arguments do. */
const PURE: ReadonlySet<string> = new Set(['Fn::Base64', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::ToJsonString']);

function varies(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.includes('{{resolve:');
  }
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Object.entries(value).some(([name, argument]) => {
    if (name === 'Ref') {
      return !String(argument).startsWith('AWS::');
    }
    return (name.startsWith('Fn::') && !PURE.has(name)) || varies(argument);
  });
}
