import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Account, type AccountOptions } from './account';
import { stackOf } from './assembly';
import { Assets } from './assets';
import { deployToolkit, TOOLKIT_STACK_NAME } from './bootstrap';
import { CloudFormation, type StackEvent, type StackResult } from './cloudformation';
import { ENVIRONMENT } from './environment';
import type { AccessKey } from './iam/access-keys';
import { AWS_POLICIES } from './iam/aws-policies';
import type { LogRecord } from './lambda/configuration';
import { resourceHandlers } from './resources/handlers';
import { apisOf } from './services/apis';
import { Buckets } from './services/buckets';
import { ApiContext } from './services/cloudformation/context';
import { Endpoint } from './services/endpoint';
import { STATE_GRAPH } from './state/classes';
import { StateFolder } from './state/state-folder';
import { Workspace } from './workspace';

export interface LocalCloudOptions extends Pick<AccountOptions, 'connect' | 'unreservedConcurrency'> {
  readonly onEvent?: (event: StackEvent) => void;
  /** Hears what each operation on a root stack has come to. */
  readonly onResult?: (result: StackResult) => void;
  /** The port of the endpoint. @default - a free one */
  readonly port?: number;
  /** A folder that keeps all that there is for the next process. @default - in memory */
  readonly state?: string;
  /** How long a failure shows before the rollback begins. @default 0 */
  readonly rollbackDelayMs?: number;
  /** The Node.js that runs functions. @default - that of the variable LAMBDA_NODE_PATH, or the one that runs this process */
  readonly nodePath?: string;
  /** How long Lambda waits before it delivers an event again. @default - one minute, then two */
  readonly retryDelaysMs?: readonly number[];
  /** How long it waits when the function has no concurrency left. @default - a second, then longer, up to five minutes */
  readonly throttleDelaysMs?: readonly number[];
}

export interface DeployOptions {
  readonly parameters?: Readonly<Record<string, string>>;
}

/** One account and Region on this machine, as far as it takes to deploy and run a stack with connection tests. */
export class LocalCloud {
  static async start(options: LocalCloudOptions = {}): Promise<LocalCloud> {
    const workspace = new Workspace('cloud');
    const folder = options.state === undefined ? workspace.folder : path.resolve(options.state);
    const buckets = new Buckets(path.join(folder, 'objects'));
    const assets = new Assets(buckets, ENVIRONMENT, path.join(folder, 'code'));
    const account = new Account(buckets, { nodePath: process.env.LAMBDA_NODE_PATH, ...options });
    const handlers = resourceHandlers(account, assets, (type, id) => cloudFormation.propertiesOf(type, id));
    let state: StateFolder | undefined;
    const cloudFormation: CloudFormation = new CloudFormation({
      ...ENVIRONMENT,
      handlers: (resourceType) => handlers[resourceType],
      invoke: (serviceToken, event) => account.functions.invokeAsync(serviceToken, event),
      onEvent: (event) => {
        state?.saveSoon();
        options.onEvent?.(event);
      },
      ...{ onResult: options.onResult, rollbackDelayMs: options.rollbackDelayMs },
      templateAt: (url) => assets.template(url),
      ssmParameter: (name) => account.parameterStore.find(name)?.Value ?? bootstrapVersion(name),
    });
    const settings = new Map<string, unknown>();
    if (options.state !== undefined) {
      state = new StateFolder(folder, STATE_GRAPH, { settings, ...account.records, ...cloudFormation.records });
      state.load();
    }
    const api = new ApiContext(cloudFormation, account.roles, ENVIRONMENT, (url) => assets.template(url));
    const endpoint = await Endpoint.start(account.accessKeys, apisOf(account, api), {
      ...{ region: ENVIRONMENT.region, port: options.port, preferredPort: settings.get('port') as number | undefined },
      onChange: () => state?.save(),
    });
    settings.set('port', endpoint.port);
    const caCertificatePath = path.join(workspace.folder, 'response-server.pem');
    writeFileSync(caCertificatePath, await cloudFormation.caCertificate());
    account.functions.surroundBy({
      AWS_REGION: ENVIRONMENT.region,
      AWS_ENDPOINT_URL: endpoint.url,
      NODE_EXTRA_CA_CERTS: caCertificatePath,
      // Lambda's Node.js is not as old as the one that may run functions here.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    await account.functions.restore();
    cloudFormation.resume();
    return new LocalCloud(cloudFormation, account, endpoint, assets, workspace, settings, state);
  }

  private constructor(
    readonly cloudFormation: CloudFormation,
    private readonly account: Account,
    private readonly endpoint: Endpoint,
    private readonly assets: Assets,
    private readonly workspace: Workspace,
    private readonly settings: Map<string, unknown>,
    private readonly state?: StateFolder,
  ) {}

  get glue() {
    return this.account.glue;
  }

  get secretsManager() {
    return this.account.secretsManager;
  }

  get parameterStore() {
    return this.account.parameterStore;
  }

  get logs() {
    return this.account.logs;
  }

  get functions() {
    return this.account.functions;
  }

  /** The address of the services' APIs, for `AWS_ENDPOINT_URL`. */
  get endpointUrl(): string {
    return this.endpoint.url;
  }

  /** The access key of someone who may do everything. */
  administrator(): AccessKey {
    const { accessKeys } = this.account;
    const key = (this.recall('administrator') as AccessKey | undefined) ?? accessKeys.newKey();
    this.remember('administrator', key);
    accessKeys.set(key.AWS_ACCESS_KEY_ID, {
      arn: `arn:aws:iam::${ENVIRONMENT.accountId}:user/administrator`,
      identity: { policies: [{ name: 'AdministratorAccess', policy: AWS_POLICIES.AdministratorAccess }] },
    });
    return key;
  }

  /** What was remembered, by this process or by the one before it if there is a folder. */
  recall(name: string): unknown {
    return this.settings.get(name);
  }

  remember(name: string, value: unknown): void {
    this.settings.set(name, value);
    this.state?.save();
  }

  /** Makes what `cdk bootstrap` makes, for the CLI. */
  async bootstrap(): Promise<void> {
    if (!this.cloudFormation.describeStack(TOOLKIT_STACK_NAME)) {
      await deployToolkit(this.cloudFormation);
    }
  }

  /**
   * Creates or updates a stack of a synthesized app.
   *
   * @param assemblyDirectory the app's `cdk.out`, or the folder of a stage in it
   * @param stackName of a stack in there, such as `Prod-Orders`
   */
  async deploy(assemblyDirectory: string, stackName: string, { parameters }: DeployOptions = {}): Promise<StackResult> {
    const stack = stackOf(assemblyDirectory, stackName);
    this.assets.publish(stack.assemblyDirectory);
    return this.deployTemplate(stack.template, stackName, { parameters });
  }

  /** Creates or updates a stack of a template that needs nothing beside itself. */
  async deployTemplate(template: unknown, stackName: string, { parameters }: DeployOptions = {}): Promise<StackResult> {
    return this.cloudFormation.deploy({
      stackName,
      template,
      parameters,
      capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    });
  }

  /** Every line that functions have written to their logs, oldest first. */
  get log(): readonly LogRecord[] {
    return this.functions.log;
  }

  async stop(): Promise<void> {
    await this.cloudFormation.close();
    await this.functions.close();
    await this.endpoint.close();
    this.state?.close();
    await this.workspace.close();
  }
}

/** What the bootstrap stack leaves, for the rule of each template that asks for it. */
function bootstrapVersion(parameterName: string): string | undefined {
  return /^\/cdk-bootstrap\/.*\/version$/.test(parameterName) ? '30' : undefined;
}
