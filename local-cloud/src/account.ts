import { ENVIRONMENT } from './environment';
import { Functions } from './functions';
import { AccessKeys } from './iam/access-keys';
import { ManagedPolicies } from './iam/managed-policies';
import { Roles } from './iam/roles';
import type { FunctionHost } from './lambda/configuration';
import { Buckets } from './services/buckets';
import { Glue, type Connect } from './services/glue';
import { Kms } from './services/kms';
import { Logs } from './services/logs';
import { ParameterStore } from './services/parameter-store';
import { SecretsManager } from './services/secrets-manager';

export interface AccountOptions extends Pick<
  FunctionHost,
  'nodePath' | 'retryDelaysMs' | 'throttleDelaysMs' | 'unreservedConcurrency'
> {
  /** What stands in for the data stores. @default - they are really connected to */
  readonly connect?: Connect;
}

/** What there is in the account, but for its stacks. */
export class Account {
  readonly accessKeys = new AccessKeys();
  readonly roles = new Roles(ENVIRONMENT.accountId, this.accessKeys);
  readonly managedPolicies = new ManagedPolicies(ENVIRONMENT.accountId);
  readonly kms = new Kms(ENVIRONMENT);
  readonly secretsManager = new SecretsManager(ENVIRONMENT, this.kms);
  readonly glue: Glue;
  readonly logs = new Logs(ENVIRONMENT);
  readonly parameterStore = new ParameterStore(ENVIRONMENT);
  readonly functions: Functions;

  constructor(
    readonly buckets: Buckets,
    { connect, ...host }: AccountOptions,
  ) {
    this.glue = new Glue(ENVIRONMENT, this.secretsManager, connect);
    this.functions = new Functions(this.roles, (session, record) => this.logs.write(session, record), host);
  }

  /** All that is kept here, for whoever saves it. */
  get records() {
    const { roles, managedPolicies, kms, secretsManager, glue, parameterStore, buckets, functions, logs } = this;
    return {
      ...{ roles: roles.records, managedPolicies: managedPolicies.records, keys: kms.records },
      ...{ secrets: secretsManager.records, parameters: parameterStore.records, buckets: buckets.records },
      ...{ connections: glue.connections.records, jobs: glue.jobs.records, crawlers: glue.crawlers.records },
      ...{ functions: functions.configurations, logGroups: logs.records },
    };
  }
}
