import type { Operations } from '../protocols/protocol';
import { begun, type ApiContext } from './context';
import { requestOf } from './requests';
import { changeSetOf, changeSetSummaryOf } from './responses';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html */
export function changeSetOperations(api: ApiContext): Operations {
  return {
    CreateChangeSet: async (caller, input) => {
      const request = requestOf(input, 'StackName', 'ChangeSetName');
      await api.authorize(caller, 'CreateChangeSet', request.StackName);
      const { changeSetId, stackId } = api.cloudFormation.changeSets.create({
        ...api.stackInput(request),
        ...{ changeSetName: request.ChangeSetName, changeSetType: request.ChangeSetType },
        description: request.Description,
      });
      return { Id: changeSetId, StackId: stackId };
    },

    DescribeChangeSet: async (caller, input) => {
      const { StackName, ChangeSetName } = requestOf(input, 'ChangeSetName');
      await api.authorize(caller, 'DescribeChangeSet', StackName);
      return changeSetOf(api.cloudFormation.changeSets.describe(ChangeSetName, StackName));
    },

    ListChangeSets: async (caller, input) => {
      const { StackName } = requestOf(input, 'StackName');
      await api.authorize(caller, 'ListChangeSets', StackName);
      return {
        Summaries: api.cloudFormation.changeSets.list(api.existing(StackName).stackId).map(changeSetSummaryOf),
      };
    },

    ExecuteChangeSet: async (caller, input) => {
      const { StackName, ChangeSetName, DisableRollback, ClientRequestToken } = requestOf(input, 'ChangeSetName');
      await api.authorize(caller, 'ExecuteChangeSet', StackName);
      await begun(
        api.cloudFormation.changeSets.execute({
          ...{ stackName: StackName, changeSetName: ChangeSetName },
          ...{ disableRollback: DisableRollback, clientRequestToken: ClientRequestToken },
        }),
      );
      return {};
    },

    DeleteChangeSet: async (caller, input) => {
      const { StackName, ChangeSetName } = requestOf(input, 'ChangeSetName');
      await api.authorize(caller, 'DeleteChangeSet', StackName);
      api.cloudFormation.changeSets.delete(ChangeSetName, StackName);
      return {};
    },
  };
}
