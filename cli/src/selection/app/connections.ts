import { partition } from '@aws-sdk/core/client';
import { readTemplate, type AppStack, type Template } from './assembly';
import { isObject } from './shape';
import { resolveText, type Scope } from './values';

/** A connection that an app defines. */
export interface AppConnection {
  /** Undefined if only the deployment gives it a name. */
  readonly name: string | undefined;
  /** Its stack and its logical ID. */
  readonly path: string;
  /** Whether it is in a Data Catalog of its own, or in one that is only known at deployment. */
  readonly isInOtherCatalog: boolean;
}

/**
 * Finds the connections of a stack and of its nested stacks.
 *
 * @param account where the stack is deployed
 * @param region where the stack is deployed
 */
export function connectionsOf(stack: AppStack, account: string | undefined, region: string): AppConnection[] {
  const pseudo = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition(region).name,
    'AWS::URLSuffix': partition(region).dnsSuffix,
    'AWS::StackName': stack.stackName,
  };
  return find(stack.folder, stack.stackName, { template: stack.template, given: {}, pseudo });
}

function find(folder: string, stackPath: string, scope: Scope): AppConnection[] {
  return Object.entries(scope.template.Resources ?? {}).flatMap(([logicalId, { Type, Properties = {}, Metadata }]) => {
    const path = `${stackPath}/${logicalId}`;
    if (Type === 'AWS::Glue::Connection') {
      const input = isObject(Properties.ConnectionInput) ? Properties.ConnectionInput : {};
      const catalogId = Properties.CatalogId ?? { Ref: 'AWS::AccountId' };
      const isInOtherCatalog = resolveText(catalogId, scope) !== scope.pseudo['AWS::AccountId'];
      return [{ name: resolveText(input.Name, scope), path, isInOtherCatalog }];
    }
    const file = Metadata?.['aws:asset:path'];
    if (Type !== 'AWS::CloudFormation::Stack' || typeof file !== 'string') {
      return [];
    }
    return find(folder, path, nested(readTemplate(folder, file), Properties.Parameters, scope));
  });
}

/** The names of nested stacks are only known at deployment. */
function nested(template: Template, parameters: unknown, scope: Scope): Scope {
  const given = Object.entries(isObject(parameters) ? parameters : {}).map(([name, value]) => [
    name,
    resolveText(value, scope),
  ]);
  return {
    template,
    given: Object.fromEntries(given) as Scope['given'],
    pseudo: { ...scope.pseudo, 'AWS::StackName': undefined },
  };
}
