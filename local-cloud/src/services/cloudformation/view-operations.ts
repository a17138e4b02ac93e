import type { StackDescription } from '../../cloudformation';
import type { Operations } from '../protocols/protocol';
import type { ApiContext } from './context';
import { requestOf } from './requests';
import { eventOf, resourceOf, resourceSummaryOf, stackOf, summaryOf } from './responses';

const EVENTS_PER_PAGE = 100;

/** What shows stacks and changes nothing. */
export function viewOperations(api: ApiContext): Operations {
  return {
    DescribeStacks: async (caller, input) => {
      const { StackName } = requestOf(input);
      await api.authorize(caller, 'DescribeStacks', StackName);
      return { Stacks: (StackName ? [api.existing(StackName)] : api.cloudFormation.listStacks()).map(stackOf) };
    },

    ListStacks: async (caller, input) => {
      await api.authorize(caller, 'ListStacks', null);
      const { StackStatusFilter } = requestOf(input);
      const stacks = api.cloudFormation.listStacks({ withDeleted: true });
      const wanted = stacks.filter(({ status }) => StackStatusFilter?.includes(status) ?? true);
      return { StackSummaries: wanted.map(summaryOf) };
    },

    DescribeStackEvents: async (caller, input) => {
      const { StackName, NextToken } = requestOf(input, 'StackName');
      await api.authorize(caller, 'DescribeStackEvents', StackName);
      const events = api.cloudFormation.describeStackEvents(api.existing(StackName, true).stackId);
      const start = events.findIndex(({ eventId }) => eventId === NextToken) + 1;
      const page = events.slice(start, start + EVENTS_PER_PAGE);
      const isLast = start + EVENTS_PER_PAGE >= events.length;
      return { StackEvents: page.map(eventOf), NextToken: isLast ? undefined : page.at(-1)?.eventId };
    },

    DescribeStackResources: async (caller, input) => {
      const { StackName, LogicalResourceId } = requestOf(input, 'StackName');
      await api.authorize(caller, 'DescribeStackResources', StackName);
      return { StackResources: api.resources(StackName, LogicalResourceId).map(resourceOf) };
    },

    ListStackResources: async (caller, input) => {
      const { StackName } = requestOf(input, 'StackName');
      await api.authorize(caller, 'ListStackResources', StackName);
      return { StackResourceSummaries: api.resources(StackName).map(resourceSummaryOf) };
    },

    GetTemplate: async (caller, input) => {
      const { StackName } = requestOf(input, 'StackName');
      await api.authorize(caller, 'GetTemplate', StackName);
      const { status, template } = api.existing(StackName, true);
      const body = status === 'REVIEW_IN_PROGRESS' ? {} : template;
      return { TemplateBody: JSON.stringify(body), StagesAvailable: ['Original', 'Processed'] };
    },

    GetTemplateSummary: async (caller, input) => {
      const request = requestOf(input);
      await api.authorize(caller, 'GetTemplateSummary', request.StackName);
      const { Parameters = {}, Resources = {}, Description } = (api.template(request) ?? {}) as TemplateSections;
      return {
        Description,
        Parameters: Object.entries(Parameters).map(([ParameterKey, { Type, Default, NoEcho }]) => ({
          ...{ ParameterKey, ParameterType: Type, DefaultValue: Default, NoEcho: String(NoEcho) === 'true' },
        })),
        ResourceTypes: [...new Set(Object.values(Resources).map(({ Type }) => Type))],
      };
    },

    ListExports: async (caller) => {
      await api.authorize(caller, 'ListExports', null);
      const exportsOf = ({ stackId, outputs }: StackDescription) =>
        outputs.flatMap(({ exportName, value }) =>
          exportName === undefined ? [] : [{ ExportingStackId: stackId, Name: exportName, Value: value }],
        );
      return { Exports: api.cloudFormation.listStacks().flatMap(exportsOf) };
    },
  };
}

interface TemplateSections {
  readonly Description?: string;
  readonly Parameters?: Readonly<Record<string, { Type: string; Default?: unknown; NoEcho?: unknown }>>;
  readonly Resources?: Readonly<Record<string, { Type: string }>>;
}
