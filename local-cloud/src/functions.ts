import type { Session } from './iam/access-keys';
import type { Roles } from './iam/roles';
import { trusts } from './iam/trust-policy';
import type { FunctionConfiguration, FunctionHost, LogRecord } from './lambda/configuration';
import { LambdaFunction } from './lambda/lambda-function';

/** The account's Lambda functions, and what they have logged. */
export class Functions {
  /** All functions that there are, for whoever saves them. */
  readonly configurations = new Map<
    string,
    { readonly roleArn: string; readonly configuration: FunctionConfiguration }
  >();
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly records: LogRecord[] = [];
  private environment: Readonly<Record<string, string>> = {};

  constructor(
    private readonly roles: Roles,
    /** Takes the lines that functions write, with the session that writes them. */
    private readonly logTo: (session: Session, record: LogRecord) => void,
    private readonly host: Pick<
      FunctionHost,
      'nodePath' | 'retryDelaysMs' | 'throttleDelaysMs' | 'unreservedConcurrency'
    >,
  ) {}

  /** Sets the variables that every function finds in its environment. */
  surroundBy(environment: Readonly<Record<string, string>>): void {
    this.environment = environment;
  }

  /** Creates the function, or gives it new code and configuration. */
  async put(roleArn: string, configuration: FunctionConfiguration): Promise<void> {
    const role = this.roles.getByArn(roleArn);
    if (role === undefined || (role.trustPolicy && !trusts(role.trustPolicy, 'lambda.amazonaws.com'))) {
      throw new Error('The role defined for the function cannot be assumed by Lambda.');
    }
    const credentials = this.roles.assume(role, configuration.functionName);
    const session = this.roles.session(role, configuration.functionName);
    await this.delete(configuration.functionName);
    this.configurations.set(configuration.functionName, { roleArn, configuration });
    this.functions.set(
      configuration.functionName,
      new LambdaFunction(configuration, {
        ...this.host,
        environment: { ...this.environment, ...credentials },
        log: (record) => {
          this.records.push(record);
          this.logTo(session, record);
        },
      }),
    );
  }

  /** Makes those of which there is nothing but the configuration. */
  async restore(): Promise<void> {
    for (const { roleArn, configuration } of [...this.configurations.values()]) {
      await this.put(roleArn, configuration);
    }
  }

  async delete(functionName: string): Promise<void> {
    this.configurations.delete(functionName);
    await this.end(functionName);
  }

  /** Accepts an event for a function that is named by its ARN. */
  invokeAsync(functionArn: string, event: unknown): void {
    const lambdaFunction = this.functions.get(functionArn.split(':')[6] ?? '');
    if (lambdaFunction === undefined) {
      throw new Error(`Function not found: ${functionArn}`);
    }
    lambdaFunction.invokeAsync(event);
  }

  /** Kills the processes of all functions, as a failing host would. */
  async crash(): Promise<void> {
    await Promise.all([...this.functions.values()].map((lambdaFunction) => lambdaFunction.crash()));
  }

  /** Every line that functions have written to their logs, oldest first. */
  get log(): readonly LogRecord[] {
    return this.records;
  }

  async close(): Promise<void> {
    await Promise.all([...this.functions.keys()].map((functionName) => this.end(functionName)));
  }

  private async end(functionName: string): Promise<void> {
    const existing = this.functions.get(functionName);
    this.functions.delete(functionName);
    await existing?.close();
  }
}
