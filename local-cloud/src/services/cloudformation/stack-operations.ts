import { ServiceError } from '../../service-error';
import type { Operations } from '../protocols/protocol';
import { begun, type ApiContext } from './context';
import { requestOf, type StackRequest } from './requests';

/** What makes, changes and deletes stacks at once. */
export function stackOperations(api: ApiContext): Operations {
  return {
    CreateStack: async (caller, input) => {
      const request = requestOf(input, 'StackName');
      await api.authorize(caller, 'CreateStack', request.StackName);
      if (api.find(request.StackName)) {
        throw new ServiceError('AlreadyExistsException', `Stack [${request.StackName}] already exists`);
      }
      const created = await deploy(api, request);
      if (request.EnableTerminationProtection) {
        api.cloudFormation.updateTerminationProtection(request.StackName, true);
      }
      return created;
    },

    UpdateStack: async (caller, input) => {
      const request = requestOf(input, 'StackName');
      await api.authorize(caller, 'UpdateStack', request.StackName);
      if (!api.find(request.StackName)) {
        throw new ServiceError('ValidationError', `Stack [${request.StackName}] does not exist`);
      }
      return deploy(api, request);
    },

    DeleteStack: async (caller, input) => {
      const { StackName, ClientRequestToken } = requestOf(input, 'StackName');
      await api.authorize(caller, 'DeleteStack', StackName);
      await begun(api.cloudFormation.deleteStack(StackName, ClientRequestToken));
      return {};
    },

    RollbackStack: async (caller, input) => {
      const { StackName, RetainExceptOnCreate, ClientRequestToken } = requestOf(input, 'StackName');
      await api.authorize(caller, 'RollbackStack', StackName);
      const options = { retainExceptOnCreate: RetainExceptOnCreate, clientRequestToken: ClientRequestToken };
      await begun(api.cloudFormation.rollbackStack(StackName, options));
      return { StackId: api.existing(StackName).stackId };
    },

    ContinueUpdateRollback: async (caller, input) => {
      const { StackName, ResourcesToSkip, ForceRollback, ClientRequestToken } = requestOf(input, 'StackName');
      await api.authorize(caller, 'ContinueUpdateRollback', StackName);
      if (ForceRollback) {
        throw new ServiceError('ValidationError', 'ForceRollback is not modelled: skip resources by their names');
      }
      const options = { resourcesToSkip: ResourcesToSkip, clientRequestToken: ClientRequestToken };
      await begun(api.cloudFormation.continueUpdateRollback(StackName, options));
      return {};
    },

    UpdateTerminationProtection: async (caller, input) => {
      const { StackName, EnableTerminationProtection } = requestOf(input, 'StackName', 'EnableTerminationProtection');
      await api.authorize(caller, 'UpdateTerminationProtection', StackName);
      return {
        StackId: api.cloudFormation.updateTerminationProtection(StackName, EnableTerminationProtection ?? false),
      };
    },
  };
}

async function deploy(api: ApiContext, request: StackRequest): Promise<object> {
  const disableRollback = request.DisableRollback ?? request.OnFailure === 'DO_NOTHING';
  const result = await begun(
    api.cloudFormation.deploy({
      ...api.stackInput(request),
      ...{ disableRollback, clientRequestToken: request.ClientRequestToken },
    }),
  );
  if (result?.changed === false) {
    throw new ServiceError('ValidationError', 'No updates are to be performed.');
  }
  return { StackId: api.existing(request.StackName).stackId };
}
