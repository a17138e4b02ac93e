import type { Roles } from './iam/roles';
import type { FunctionConfiguration, FunctionHost, LogRecord } from './lambda/configuration';
import { LambdaFunction } from './lambda/lambda-function';

/** The account's Lambda functions, and what they have logged. */
export class Functions {
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly records: LogRecord[] = [];

  public constructor(
    private readonly roles: Roles,
    private readonly host: Omit<FunctionHost, 'log'>,
  ) {}

  /** Creates the function, or gives it new code and configuration. */
  public async put(roleArn: string, configuration: FunctionConfiguration): Promise<void> {
    const role = this.roles.getByArn(roleArn);
    if (role === undefined) {
      throw new Error('The role defined for the function cannot be assumed by Lambda.');
    }
    const credentials = this.roles.assume(role, configuration.functionName);
    await this.delete(configuration.functionName);
    this.functions.set(
      configuration.functionName,
      new LambdaFunction(configuration, {
        ...this.host,
        environment: { ...this.host.environment, ...credentials },
        log: (record) => this.records.push(record),
      }),
    );
  }

  public async delete(functionName: string): Promise<void> {
    const existing = this.functions.get(functionName);
    this.functions.delete(functionName);
    await existing?.close();
  }

  /** Accepts an event for a function that is named by its ARN. */
  public invokeAsync(functionArn: string, event: unknown): void {
    const lambdaFunction = this.functions.get(functionArn.split(':')[6] ?? '');
    if (lambdaFunction === undefined) {
      throw new Error(`Function not found: ${functionArn}`);
    }
    lambdaFunction.invokeAsync(event);
  }

  /** Every line that functions have written to their logs, oldest first. */
  public get log(): readonly LogRecord[] {
    return this.records;
  }

  public async close(): Promise<void> {
    await Promise.all([...this.functions.keys()].map((functionName) => this.delete(functionName)));
  }
}
