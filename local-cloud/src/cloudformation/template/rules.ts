import { ValidationError } from '../errors';
import type { Conditions } from './conditions';
import type { Template } from './template';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html */
export function assertRules(template: Template, conditions: Conditions): void {
  for (const [name, rule] of Object.entries(template.Rules ?? {})) {
    if (rule.RuleCondition !== undefined && !conditions.evaluate(rule.RuleCondition)) {
      continue;
    }
    const violated = rule.Assertions.find(({ Assert }) => !conditions.evaluate(Assert));
    if (violated) {
      throw new ValidationError(
        `Template error: Rule ${name} failed: ${violated.AssertDescription ?? 'assertion is false'}`,
      );
    }
  }
}
