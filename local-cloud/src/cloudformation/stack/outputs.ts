import { evaluate } from '../template/functions';
import { asText } from '../template/malformed';
import type { StackModel } from '../template/stack-model';
import type { StackScope } from './scope';
import type { StackOutput } from './stack';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html */
export function evaluateOutputs(model: StackModel, scope: StackScope): StackOutput[] {
  return model.outputs.map(({ key, value, description, exportName }) => ({
    key,
    value: asText(evaluate(value, scope), `Value of output ${key}`),
    description,
    exportName: exportName === undefined ? undefined : asText(evaluate(exportName, scope), `Export of output ${key}`),
  }));
}
