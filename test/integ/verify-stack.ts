import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import {
  ConnectionTarget,
  ConnectionTest,
  type ConnectionTestOptions,
  OnFailure,
  OnUnsupported,
} from '../../lib/index';

/** Every stack of the kit carries this tag. The clean-up deletes the stacks that carry it, and no other. */
export const VERIFY_TAG = 'cdk-glue-connection-test:verify';

/** A stack of the kit: tagged, and for whichever account and Region the credentials are of. */
export class VerifyStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { tags: { [VERIFY_TAG]: 'true' } });
  }

  /**
   * A connection as its properties say, right or wrong. Glue does not check it when it is created, so that what is wrong
   * reaches TestConnection.
   */
  connection(
    id: string,
    connectionInput: Omit<glue.CfnConnection.ConnectionInputProperty, 'validateCredentials'>,
  ): glue.CfnConnection {
    return new glue.CfnConnection(this, id, {
      catalogId: this.account,
      connectionInput: { ...connectionInput, validateCredentials: false },
    });
  }

  /** Tests it, and lets the deployment go on whatever comes out. The outputs say what that was. */
  report(id: string, target: ConnectionTarget, options: ConnectionTestOptions & { provider?: undefined } = {}): void {
    const test = new ConnectionTest(this, `${id}Test`, {
      target,
      maxAttempts: 1,
      onFailure: OnFailure.REPORT,
      onUnsupported: OnUnsupported.WARN,
      ...options,
    });
    this.outcome(id, test);
  }

  /** Outputs that the kit reads: the connection's name, if it has one, and what the function said of it. */
  outcome(id: string, test: ConnectionTest): void {
    new CfnOutput(this, `${id}Outcome`, { value: test.outcome });
    new CfnOutput(this, `${id}Category`, { value: test.category });
    new CfnOutput(this, `${id}Message`, { value: test.message });
  }

  /** Tests a connection of this stack by its name. */
  reportConnection(id: string, connection: glue.CfnConnection, options?: ConnectionTestOptions): void {
    new CfnOutput(this, `${id}Connection`, { value: connection.ref });
    this.report(id, ConnectionTarget.fromCfnConnection(connection), options);
  }

  /** A value of the context, which the kit gives by `-c`. */
  context(name: string): string | undefined {
    const value: unknown = this.node.tryGetContext(name);
    return typeof value === 'string' && !Token.isUnresolved(value) ? value : undefined;
  }
}
