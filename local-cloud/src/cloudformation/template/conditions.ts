import { isDeepStrictEqual } from 'node:util';
import { ValidationError } from '../errors';
import { evaluate, type Scope } from './functions';
import { asIntrinsic, isRecord, listOf } from './intrinsic';
import { asText, malformed } from './malformed';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html */
export class Conditions {
  private readonly results = new Map<string, boolean>();
  private readonly underEvaluation = new Set<string>();

  constructor(
    private readonly declarations: Readonly<Record<string, unknown>>,
    private readonly scope: Scope,
  ) {
    for (const name of Object.keys(declarations)) {
      this.isTrue(name);
    }
  }

  isTrue(name: string): boolean {
    const known = this.results.get(name);
    if (known !== undefined) {
      return known;
    }
    if (!(name in this.declarations)) {
      throw new ValidationError(`Template format error: Unresolved condition dependency ${name}`);
    }
    if (this.underEvaluation.has(name)) {
      throw new ValidationError(`Template error: condition ${name} depends on itself`);
    }
    this.underEvaluation.add(name);
    const result = this.evaluate(this.declarations[name]);
    this.results.set(name, result);
    return result;
  }

  evaluate(expression: unknown): boolean {
    if (isRecord(expression) && typeof expression.Condition === 'string') {
      return this.isTrue(expression.Condition);
    }
    const { name = '', argument } = asIntrinsic(expression) ?? {};
    const operands = listOf(argument);
    switch (name) {
      case 'Fn::And':
        return this.severalOf(name, operands).every(Boolean);
      case 'Fn::Or':
        return this.severalOf(name, operands).some(Boolean);
      case 'Fn::Not':
        return operands.length === 1 ? !this.evaluate(operands[0]) : malformed(name);
      case 'Fn::Equals':
        return operands.length === 2 ? this.equal(operands[0], operands[1]) : malformed(name);
      case 'Fn::Contains':
        return this.contains(operands);
      default:
        throw new ValidationError(
          `Template format error: Conditions can only be boolean operations on parameters and other conditions`,
        );
    }
  }

  /** The value with each `Fn::If` replaced by the branch that is taken; the other one counts for nothing. */
  expand(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.expand(item));
    }
    if (!isRecord(value)) {
      return value;
    }
    const intrinsic = asIntrinsic(value);
    if (intrinsic?.name !== 'Fn::If') {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.expand(member)]));
    }
    const [condition, whenTrue, whenFalse, ...rest] = listOf(intrinsic.argument);
    if (whenFalse === undefined || rest.length > 0) {
      return malformed('Fn::If');
    }
    return this.expand(this.isTrue(asText(condition, 'Fn::If')) ? whenTrue : whenFalse);
  }

  private severalOf(name: string, operands: readonly unknown[]): boolean[] {
    if (operands.length < 2 || operands.length > 10) {
      return malformed(name);
    }
    return operands.map((operand) => this.evaluate(operand));
  }

  private equal(left: unknown, right: unknown): boolean {
    return isDeepStrictEqual(this.comparable(left), this.comparable(right));
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html#fn-contains */
  private contains(operands: readonly unknown[]): boolean {
    const list = this.comparable(operands[0]);
    return Array.isArray(list) && list.includes(this.comparable(operands[1]));
  }

  private comparable(operand: unknown): unknown {
    const value = evaluate(operand, this.scope);
    return Array.isArray(value) ? value.map((item) => asText(item, 'Fn::Equals')) : asText(value, 'Fn::Equals');
  }
}
