import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { stackOf } from './assembly';
import { Assets } from './assets';
import { CloudFormation, type ResourceHandler, type StackEvent, type StackResult } from './cloudformation';
import { ENVIRONMENT } from './environment';
import { Functions } from './functions';
import { ManagedPolicies } from './iam/managed-policies';
import { Roles } from './iam/roles';
import type { LogRecord } from './lambda/configuration';
import { connectionHandler, crawlerHandler, jobHandler } from './resources/glue';
import { policyHandler, roleHandler } from './resources/iam';
import { keyHandler } from './resources/kms';
import { functionHandler } from './resources/lambda';
import { logGroupHandler } from './resources/log-group';
import { managedPolicyHandler } from './resources/managed-policy';
import { METADATA_HANDLER, WAIT_CONDITION_HANDLE_HANDLER } from './resources/no-body';
import { parameterHandler } from './resources/parameter';
import { secretHandler } from './resources/secret';
import { cloudFormationOperations } from './services/cloudformation';
import { Endpoint } from './services/endpoint';
import { Glue } from './services/glue';
import { Kms } from './services/kms';
import { Logs } from './services/logs';
import { ParameterStore } from './services/parameter-store';
import { SecretsManager } from './services/secrets-manager';

export interface LocalCloudOptions {
  readonly onEvent?: (event: StackEvent) => void;
  /** The Node.js that runs functions. @default - the one that runs this process */
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
    const roles = new Roles(ENVIRONMENT.accountId);
    const managedPolicies = new ManagedPolicies(ENVIRONMENT.accountId);
    const kms = new Kms(ENVIRONMENT);
    const secretsManager = new SecretsManager(ENVIRONMENT, kms);
    const glue = new Glue(ENVIRONMENT, secretsManager);
    const logs = new Logs(ENVIRONMENT);
    const parameterStore = new ParameterStore(ENVIRONMENT);
    const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-cloud-'));
    const assets = new Assets(folder);
    const functions = new Functions(roles, (session, record) => logs.write(session, record), options);
    const handlers: Record<string, ResourceHandler> = {
      'AWS::CDK::Metadata': METADATA_HANDLER,
      'AWS::CloudFormation::WaitConditionHandle': WAIT_CONDITION_HANDLE_HANDLER,
      'AWS::Glue::Connection': connectionHandler(glue),
      'AWS::Glue::Crawler': crawlerHandler(glue),
      'AWS::Glue::Job': jobHandler(glue),
      'AWS::IAM::ManagedPolicy': managedPolicyHandler(roles, managedPolicies),
      'AWS::IAM::Policy': policyHandler(roles),
      'AWS::IAM::Role': roleHandler(roles, managedPolicies),
      'AWS::KMS::Key': keyHandler(kms),
      'AWS::Lambda::Function': functionHandler(functions, assets),
      'AWS::Logs::LogGroup': logGroupHandler(logs),
      'AWS::SSM::Parameter': parameterHandler(parameterStore),
      'AWS::SecretsManager::Secret': secretHandler(secretsManager),
    };
    const cloudFormation = new CloudFormation({
      ...ENVIRONMENT,
      handlers: (resourceType) => handlers[resourceType],
      invoke: (serviceToken, event) => functions.invokeAsync(serviceToken, event),
      onEvent: options.onEvent,
      templateAt: (url) => assets.template(url),
      ssmParameter: (name) => parameterStore.find(name)?.Value ?? bootstrapVersion(name),
    });
    const endpoint = await Endpoint.start(roles, {
      ...glue.operations,
      ...logs.operations,
      ...parameterStore.operations,
      ...secretsManager.operations,
      ...cloudFormationOperations(cloudFormation),
    });
    const caCertificatePath = path.join(folder, 'response-server.pem');
    writeFileSync(caCertificatePath, await cloudFormation.caCertificate());
    functions.surroundBy({
      AWS_REGION: ENVIRONMENT.region,
      AWS_ENDPOINT_URL: endpoint.url,
      NODE_EXTRA_CA_CERTS: caCertificatePath,
    });
    return new LocalCloud(
      cloudFormation,
      glue,
      secretsManager,
      parameterStore,
      logs,
      functions,
      endpoint,
      assets,
      folder,
    );
  }

  private constructor(
    readonly cloudFormation: CloudFormation,
    readonly glue: Glue,
    readonly secretsManager: SecretsManager,
    readonly parameterStore: ParameterStore,
    readonly logs: Logs,
    readonly functions: Functions,
    private readonly endpoint: Endpoint,
    private readonly assets: Assets,
    private readonly folder: string,
  ) {}

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
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the bootstrap stack leaves, for the rule of each template that asks for it. */
function bootstrapVersion(parameterName: string): string | undefined {
  return /^\/cdk-bootstrap\/.*\/version$/.test(parameterName) ? '30' : undefined;
}
