import { ValidationError } from '../errors';
import type { Properties } from '../resource-handler';
import { evaluate, type Scope } from '../template/functions';
import type { ResourceDefinition, StackModel } from '../template/stack-model';
import { exportedValue } from './exports';
import type { Stack, StackResource } from './stack';

/** What a template's functions see: parameters, the stack's resources as they are now, exports of other stacks. */
export class StackScope implements Scope {
  /** Names of the exports that have been used so far. */
  readonly imported = new Set<string>();

  constructor(
    private readonly stack: Stack,
    private readonly model: StackModel,
    private readonly stacks: Iterable<Stack>,
  ) {}

  propertiesOf(definition: ResourceDefinition): Properties {
    return evaluate(definition.properties, this) as Properties;
  }

  ref(name: string): unknown {
    if (!this.model.resources.has(name)) {
      return this.model.scope.ref(name);
    }
    const resource = this.existing(name);
    return resource.ref ?? resource.physicalId;
  }

  getAtt(logicalId: string, attribute: string): unknown {
    const resource = this.existing(logicalId);
    const value = resource.attributes[attribute];
    if (value !== undefined) {
      return value;
    }
    if (!resource.modelled) {
      return `${String(resource.physicalId)}.${attribute}`;
    }
    throw new Error(missingAttribute(this.stack, resource, attribute));
  }

  findInMap(map: string, topLevelKey: string, secondLevelKey: string): unknown {
    return this.model.scope.findInMap(map, topLevelKey, secondLevelKey);
  }

  availabilityZones(region: string): readonly string[] {
    return this.model.scope.availabilityZones(region);
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html */
  importValue(exportName: string): string {
    const value = exportedValue(exportName, this.stacks);
    if (value === undefined) {
      throw new ValidationError(`No export named ${exportName} found.`);
    }
    this.imported.add(exportName);
    return value;
  }

  /** Nothing keeps the other stack from changing the output, or from going. */
  stackOutput(stackName: string, outputName: string): string {
    const stack = [...this.stacks].find(({ name, status }) => name === stackName && status !== 'DELETE_COMPLETE');
    const value = stack?.outputs.find(({ key }) => key === outputName)?.value;
    if (value === undefined) {
      throw new ValidationError(`No output named ${outputName} found in stack ${stackName}.`);
    }
    return value;
  }

  private existing(logicalId: string): StackResource {
    const resource = this.stack.resources.get(logicalId);
    if (resource?.physicalId === undefined) {
      throw new Error(`Resource ${logicalId} does not exist yet`);
    }
    return resource;
  }
}

function missingAttribute(stack: Stack, { definition }: StackResource, attribute: string): string {
  const { logicalId, resourceType } = definition;
  return resourceType.startsWith('Custom::') || resourceType === 'AWS::CloudFormation::CustomResource'
    ? `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${stack.id}|${logicalId}`
    : `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`;
}
