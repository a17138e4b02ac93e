import { CfnCondition, Fn, type CfnParameter } from 'aws-cdk-lib';

/** A parameter that may be left out, or switched off, and the condition that it isn't. */
export class Optional {
  readonly condition: CfnCondition;

  constructor(
    readonly parameter: CfnParameter,
    { off }: { readonly off: string } = { off: '' },
  ) {
    this.condition = new CfnCondition(parameter.stack, `Has${parameter.node.id}`, {
      expression: Fn.conditionNot(Fn.conditionEquals(parameter.value, off)),
    });
  }

  /** The value, where it is given. */
  get value(): string {
    return this.parameter.valueAsString;
  }

  /** Several values, where they are given. */
  get values(): string[] {
    return Fn.split(',', this.value);
  }

  /** Something that is only there where the parameter is. */
  whereGiven(value: unknown): unknown {
    return Fn.conditionIf(this.condition.logicalId, value, { Ref: 'AWS::NoValue' });
  }
}
