export type { ChangeSetDescription } from './change-sets';
export { CloudFormation } from './cloudformation';
export type { Answer } from './custom-resource/response-server';
export type { StackDescription, StackParameter, StackResourceDescription } from './descriptions';
export {
  ApiError,
  InsufficientCapabilitiesException,
  RequestRefused,
  ResourceFailure,
  ValidationError,
} from './errors';
export type {
  CloudFormationOptions,
  ContinueUpdateRollbackInput,
  DeployInput,
  RollbackStackInput,
  StackInput,
  StackResult,
} from './options';
export { physicalName } from './physical-name';
export type {
  Properties,
  ResourceDeleteRequest,
  ResourceHandler,
  ResourceRequest,
  ResourceResult,
  ResourceUpdateRequest,
} from './resource-handler';
export type { ChangeDetail } from './stack/change';
export type { Change } from './stack/change';
export type { StackEvent } from './stack/events';
export type { StackOutput } from './stack/stack';
export type { ResourceStatus, StackStatus } from './stack/status';
export type { Capability } from './template/capabilities';
export type { Tag } from './template/stack-model';
