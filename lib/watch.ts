import { Lazy, Stack, type CfnParameter, type IResolvable } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import type { IConstruct } from 'constructs';
import type { ConnectionTestProps } from './connection-test-props';
import { isIntrinsic, refersToOwnStack, resolveWithReferences } from './references';
import { holdsSecretInUrl, SECRET_NAME } from './secrecy';

/**
 * What CloudFormation has to see so that the test runs again when a value changes which the template only refers to.
 *
 * Only of the test's own stack: a reference to another one would tie the stacks together.
 */
export function watch(test: IConstruct, props: ConnectionTestProps): IResolvable {
  const { target, secret, everyDeployment = false } = props;
  const { resource } = target._facts;
  const connection = resource && Stack.of(resource) === Stack.of(test) ? resource : undefined;
  const watched = {
    // Another secret in the place of this one has another ARN.
    Secret: secret && refersToOwnStack(test, secret.secretArn) ? secret.secretArn : undefined,
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

/**
 * The parts of a connection whose values are only known at deployment: an endpoint, a parameter. What may hold a secret
 * is left out: it would stand in the events that the function gets.
 */
function watchedProperties(connection: glue.CfnConnection): Record<string, unknown> {
  const varying = leavesOf(inputOf(connection), '').filter(([, value]) => varies(value));
  const secrets = varying.length === 0 ? [] : secretValues(connection);
  return Object.fromEntries(varying.filter((leaf) => !mayBeSecret(connection, leaf, secrets)));
}

type Leaf = readonly [path: string, value: unknown];

/** The connection's input in the template, overrides included. */
function inputOf(connection: glue.CfnConnection): unknown {
  const { Resources } = Stack.of(connection).resolve(connection._toCloudFormation()) as {
    Resources: Record<string, { Properties?: { ConnectionInput?: unknown } }>;
  };
  return Object.values(Resources)[0]?.Properties?.ConnectionInput;
}

function leavesOf(value: unknown, path: string): Leaf[] {
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

/** How references to `NoEcho` parameters stand in the connection's properties, in whatever stack the parameters are. */
function secretValues(connection: glue.CfnConnection): string[] {
  return resolveWithReferences(connection, connection.connectionInput)
    .references.filter(({ target }) => isNoEcho(target))
    .map(({ target }) => JSON.stringify(Stack.of(connection).resolve((target as CfnParameter).value)));
}

function mayBeSecret(connection: IConstruct, [path, value]: Leaf, secrets: readonly string[]): boolean {
  const text = JSON.stringify(value);
  return (
    path.split('.').some((name) => SECRET_NAME.test(name)) ||
    /\{\{resolve:(secretsmanager|ssm-secure):/.test(text) ||
    holdsSecretInUrl(flatten(value)) ||
    secrets.some((secret) => text.includes(secret)) ||
    // A `Ref` that was written by hand is no reference that CDK knows.
    namesIn(text).some((name) => isNoEcho(Stack.of(connection).node.tryFindChild(name)))
  );
}

function isNoEcho(construct: IConstruct | undefined): boolean {
  return (construct as Partial<CfnParameter> | undefined)?.noEcho === true;
}

/** Logical ids in `{"Ref":"…"}` and in the text of `Fn::Sub`. */
function namesIn(text: string): string[] {
  return Array.from(text.matchAll(/"Ref":"(\w+)"|\$\{(\w+)\}/g), ([, ref, substituted]) => ref ?? substituted ?? '');
}

/** As the value will look, with something in place of what is only known at deployment. */
function flatten(value: unknown): string {
  if (typeof value === 'string') {
    return value.replace(/\$\{[^}]*\}/g, 'x');
  }
  const join = (value as Record<string, unknown> | null)?.['Fn::Join'] as [string, unknown[]] | undefined;
  return join === undefined ? 'x' : join[1].map(flatten).join(join[0]);
}
