import { App, Aws, Stack, type Environment } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTests } from '../../../lib/index';

export const ACCOUNT = '111122223333';
export const HERE: Environment = { account: ACCOUNT, region: 'eu-west-1' };

/** The ways in which apps name the catalog of their own account. */
export const CATALOG_IDS: Readonly<Record<string, (stack: Stack) => string>> = {
  'Aws.ACCOUNT_ID': () => Aws.ACCOUNT_ID,
  'stack.account': ({ account }) => account,
  'the literal account': () => ACCOUNT,
};

/** Stacks with a connection of one name each, and another stack with a job that names it. */
export function buildPlaces(
  connections: Readonly<Record<string, Environment | undefined>>,
  jobs: Environment | undefined,
  catalogId: (stack: Stack) => string = ({ account }) => account,
): { app: App; jobs: Stack; stacks: Stack[] } {
  const app = new App({ analyticsReporting: false });
  const stacks = Object.entries(connections).map(([id, env]) => {
    const stack = new Stack(app, id, { env });
    new glue.CfnConnection(stack, 'Orders', {
      catalogId: catalogId(stack),
      connectionInput: { name: 'orders', connectionType: 'JDBC' },
    });
    return stack;
  });
  const stack = new Stack(app, 'Jobs', { env: jobs });
  new glue.CfnJob(stack, 'Job', {
    role: 'arn:aws:iam::111122223333:role/glue',
    command: { name: 'glueetl' },
    connections: { connections: ['orders'] },
  });
  ConnectionTests.applyTo(app);
  return { app, jobs: stack, stacks };
}
