import { Annotations, Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { TEXT } from './kinds';
import { printed } from './printed-statements';
import { resourceIdFor, type Provider } from './provider';

/**
 * A provider that is deployed elsewhere: what its role has to allow is printed.
 *
 * @internal
 */
export class ImportedProvider extends Construct implements Provider {
  /** It may run the tests of many stacks. */
  readonly _isQueued = true;

  readonly _resourceId: string;

  constructor(
    scope: Construct,
    id: string,
    readonly serviceToken: string,
  ) {
    super(scope, id);
    TEXT.check('serviceToken', serviceToken);
    if (!Token.isUnresolved(serviceToken) && !/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:\S+$/.test(serviceToken)) {
      throw new Error(
        `'serviceToken' must be the ARN of a Lambda function, got: '${serviceToken}'; it is the output ServiceToken of ` +
          "the provider's stack",
      );
    }
    this._resourceId = resourceIdFor(this);
  }

  get _prerequisites(): IConstruct[] {
    return [this];
  }

  _checkIsFor(test: Construct): void {
    const { region } = Stack.of(test);
    if (Token.isUnresolved(this.serviceToken) || Token.isUnresolved(region)) {
      return;
    }
    const { region: other } = Arn.split(this.serviceToken, ArnFormat.COLON_RESOURCE_NAME);
    if (other !== region) {
      throw new Error(
        `'provider' must be in the region of the test, ${region}, got: ${this.node.path} in ${other}; ` +
          'deploy the provider in each region',
      );
    }
  }

  _withRoomFor(): Provider {
    return this;
  }

  _allow(test: Construct, statements: readonly iam.PolicyStatement[]): Construct[] {
    Annotations.of(test).addWarningV2(
      'cdk-glue-connection-test:notGranted',
      `what the test needs can't be granted to ${this.node.path}, which is deployed elsewhere; see that its role allows ` +
        `this, or the test fails, and then acknowledge this warning: ${printed(test, statements)}`,
    );
    return [];
  }
}
