import type {
  Change,
  ChangeDetail,
  ChangeSetDescription,
  StackDescription,
  StackEvent,
  StackResourceDescription,
} from '../../cloudformation';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export function stackOf(stack: StackDescription): object {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    Description: descriptionOf(stack),
    Parameters: parametersOf(stack),
    CreationTime: stack.creationTime,
    LastUpdatedTime: stack.lastUpdatedTime,
    DeletionTime: stack.deletionTime,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    Capabilities: stack.capabilities,
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      ...{ OutputKey: key, OutputValue: value, Description: description, ExportName: exportName },
    })),
    EnableTerminationProtection: stack.enableTerminationProtection,
    RootId: stack.rootId,
    ParentId: stack.parentId,
    Tags: stack.tags.map(({ key, value }) => ({ Key: key, Value: value })),
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

function parametersOf({ parameters }: Pick<StackDescription, 'parameters'>): object[] {
  return parameters.map(({ key, value, resolvedValue }) => ({
    ...{ ParameterKey: key, ParameterValue: value, ResolvedValue: resolvedValue },
  }));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSummary.html */
export function summaryOf(stack: StackDescription): object {
  return {
    ...{ StackId: stack.stackId, StackName: stack.stackName, TemplateDescription: descriptionOf(stack) },
    ...{ CreationTime: stack.creationTime, LastUpdatedTime: stack.lastUpdatedTime, DeletionTime: stack.deletionTime },
    ...{ StackStatus: stack.status, StackStatusReason: stack.statusReason },
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export function eventOf(event: StackEvent): object {
  return {
    StackId: event.stackId,
    EventId: event.eventId,
    StackName: event.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.resourceType,
    Timestamp: event.timestamp,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties && JSON.stringify(event.properties),
    ClientRequestToken: event.clientRequestToken,
    OperationId: event.operationId,
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResource.html */
export function resourceOf(resource: StackResourceDescription): object {
  return {
    StackName: resource.stackName,
    StackId: resource.stackId,
    Timestamp: resource.timestamp,
    ...state(resource),
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html */
export function resourceSummaryOf(resource: StackResourceDescription): object {
  return { LastUpdatedTimestamp: resource.timestamp, ...state(resource) };
}

function state({ logicalId, physicalId, resourceType, status, statusReason }: StackResourceDescription): object {
  return {
    ...{ LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: resourceType },
    ...{ ResourceStatus: status, ResourceStatusReason: statusReason },
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export function changeSetOf(changeSet: ChangeSetDescription): object {
  return { ...changeSetSummaryOf(changeSet), Changes: changeSet.changes.map(changeOf) };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ChangeSetSummary.html */
export function changeSetSummaryOf(changeSet: ChangeSetDescription): object {
  return {
    ...{ StackId: changeSet.stackId, StackName: changeSet.stackName },
    ...{ ChangeSetId: changeSet.changeSetId, ChangeSetName: changeSet.changeSetName },
    ...{ Description: changeSet.description, CreationTime: changeSet.creationTime },
    ...{ Status: changeSet.status, StatusReason: changeSet.statusReason, ExecutionStatus: changeSet.executionStatus },
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
function changeOf(change: Change): object {
  const { action, logicalId, physicalId, resourceType, policyAction, replacement, details } = change;
  return {
    Type: 'Resource',
    ResourceChange: {
      ...{ Action: action, LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: resourceType },
      ...{ PolicyAction: policyAction, Replacement: replacement },
      Scope: details.some(({ name }) => name !== undefined) ? ['Properties'] : [],
      Details: details.map(detailOf),
    },
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html */
function detailOf({ name, requiresRecreation, evaluation, changeSource, causingEntity }: ChangeDetail): object {
  return {
    Target: { Attribute: 'Properties', Name: name, RequiresRecreation: requiresRecreation },
    ...{ Evaluation: evaluation, ChangeSource: changeSource, CausingEntity: causingEntity },
  };
}

function descriptionOf({ template }: StackDescription): string | undefined {
  return (template as { Description?: string }).Description;
}
