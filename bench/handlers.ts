import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { bundle } from '../tools/bundle';
import type { Services } from './services';

const ROOT = path.resolve(__dirname, '..');
const CDK = path.join(ROOT, 'node_modules/aws-cdk-lib');

/** A handler as Lambda would find it. */
export interface Handler {
  readonly file: string;
  readonly name: string;
  /** What a template gives it, to test a connection. */
  readonly properties: (connectionName: string) => Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export type HandlerName = 'this' | 'floor' | 'AwsCustomResource' | 'provider framework';

/** The handlers that are compared, with what has to be made of them in the folder. */
export async function installHandlers(folder: string): Promise<Readonly<Record<HandlerName, Handler>>> {
  const byName = (ConnectionName: string) => ({ ConnectionName });
  return {
    this: { file: await install(folder, 'this', 'lambda/index.ts'), name: 'handler', properties: byName },
    floor: { file: await install(folder, 'floor', 'bench/handlers/floor.ts'), name: 'handler', properties: byName },
    // With the SDK of node_modules, as on Lambda, whose runtime has one.
    AwsCustomResource: {
      file: path.join(CDK, 'custom-resource-handlers/dist/custom-resources/aws-custom-resource-handler/index.js'),
      name: 'handler',
      properties: (ConnectionName) => ({
        Create: JSON.stringify({
          service: 'Glue',
          action: 'testConnection',
          parameters: { ConnectionName },
          physicalResourceId: { id: ConnectionName },
        }),
        InstallLatestAwsSdk: 'false',
      }),
    },
    'provider framework': {
      file: installFramework(folder),
      name: 'onEvent',
      properties: byName,
      environment: {
        NODE_PATH: installFrameworkClients(folder),
        USER_ON_EVENT_FUNCTION_ARN: await install(folder, 'user', 'bench/handlers/user-function.ts'),
      },
    },
  };
}

async function install(folder: string, name: string, handler: string): Promise<string> {
  const { code } = await bundle([], handler);
  const file = path.join(folder, name, 'index.js');
  mkdirSync(path.dirname(file));
  writeFileSync(file, code);
  return file;
}

/** Copies the framework away from the clients in `node_modules`, which would call AWS. */
function installFramework(folder: string): string {
  const copy = path.join(folder, 'framework');
  cpSync(path.join(CDK, 'custom-resources/lib/provider-framework/runtime'), copy, { recursive: true });
  return path.join(copy, 'framework.js');
}

/** Stand-ins for what the framework loads of the SDK. */
function installFrameworkClients(folder: string): string {
  const modules = path.join(folder, 'modules');
  for (const client of ['client-lambda', 'client-sfn']) {
    const target = path.join(modules, '@aws-sdk', client);
    mkdirSync(target, { recursive: true });
    copyFileSync(path.join(__dirname, 'handlers', `${client}.js`), path.join(target, 'index.js'));
  }
  for (const program of ['once.js', 'response-port.js']) {
    copyFileSync(path.join(__dirname, 'handlers', program), path.join(modules, program));
  }
  return modules;
}

/** The event of a resource that is created; the same for all handlers but for their properties. */
export function createEvent(services: Services, handler: Handler, id: string): object {
  return {
    RequestType: 'Create',
    RequestId: id,
    ResponseURL: services.responses.url(id),
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1a2b3c4d',
    LogicalResourceId: 'Test',
    ResourceType: 'Custom::Test',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:handler',
      ...handler.properties(id),
    },
  };
}
