import type { Options } from '../../arguments/options';
import type { Login } from '../../aws/identity';
import { isSelected, type Criteria } from '../criteria';
import type { Listing } from '../listing';
import type { Omitted, Selection, Subject } from '../subject';
import { stacksOf, type AppStack } from './assembly';
import { connectionsOf, type AppConnection } from './connections';

/**
 * Finds the connections that an app defines and that exist, each in the Region of its stack. What can't be tested from
 * here is left out, and the reason is told.
 *
 * @throws UsageError
 */
export async function selectFromApp(
  folder: string,
  options: Pick<Options, 'region'>,
  login: Login,
  criteria: Criteria,
  listing: Pick<Listing, 'of'>,
): Promise<Selection> {
  const subjects: Subject[] = [];
  const omitted: Omitted[] = [];
  for (const stack of stacksOf(folder)) {
    const region = stack.region ?? login.region;
    const elsewhere = reasonOfStack(stack, options, login);
    for (const connection of connectionsOf(stack, stack.account ?? login.identity?.account, region)) {
      const { name = connection.path } = connection;
      const unknown = elsewhere ?? reasonOfConnection(connection);
      const found =
        unknown === undefined ? (await listing.of(region)).find((listed) => listed.name === name) : undefined;
      if (found === undefined) {
        omitted.push({ name, region, reason: unknown ?? `it does not exist in ${region} yet` });
      } else if (isSelected(found, criteria)) {
        subjects.push({ name, region, isNamed: false });
      }
    }
  }
  return { subjects, omitted };
}

function reasonOfStack(stack: AppStack, options: Pick<Options, 'region'>, { identity }: Login): string | undefined {
  const { account, region } = stack;
  if (account !== undefined && account !== identity?.account) {
    const own =
      identity === undefined
        ? 'the account of these credentials is not known'
        : `these credentials belong to account ${identity.account}`;
    return `it is in account ${account}, and ${own}`;
  }
  if (region !== undefined && options.region !== undefined && region !== options.region) {
    return `it is in ${region}, but --region is ${options.region}`;
  }
  return undefined;
}

function reasonOfConnection({ name, isInOtherCatalog }: AppConnection): string | undefined {
  if (name === undefined) {
    return 'its name is only known at deployment; test it by its name';
  }
  return isInOtherCatalog
    ? 'it is in a Data Catalog of another account; test it by its name with --catalog-id'
    : undefined;
}
