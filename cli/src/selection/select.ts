import { isSelected, type Criteria } from './criteria';
import type { Listed, Listing } from './listing';
import { isPattern, matcher } from './pattern';
import type { Options } from '../arguments/options';
import type { Login } from '../aws/identity';
import { UsageError } from '../arguments/usage-error';
import { selectFromApp } from './app/select-from-app';
import type { Selection, Subject } from './subject';

/**
 * Finds the connections to test: those that are named, in that order, then those of patterns, of the Region and of the
 * app, by name.
 *
 * @throws UsageError if there are none
 */
export async function select(options: Options, login: Login, listing: Pick<Listing, 'of'>): Promise<Selection> {
  const { region } = login;
  const { app, names, type, filter } = options;
  const criteria: Criteria = { type, filter };
  const ofRegion = await selectFromRegion(options, region, criteria, listing);
  const ofApp =
    app === undefined ? { subjects: [], omitted: [] } : await selectFromApp(app, options, login, criteria, listing);
  const subjects = withoutDuplicates([...ofRegion, ...ofApp.subjects]);
  if (subjects.length === 0) {
    const reasons = ofApp.omitted.map(({ name, reason }) => `${name}: ${reason}`);
    throw new UsageError([nothingFound(options, region, names.length > 0), ...reasons].join('\n'));
  }
  return { subjects, omitted: ofApp.omitted };
}

function nothingFound({ app, filter, type }: Options, region: string, hasNames: boolean): string {
  const criteria = [
    ...(filter === undefined ? [] : [`matches '${filter}'`]),
    ...(type === undefined ? [] : [`is of type ${type}`]),
  ];
  if (app !== undefined) {
    return `no connection of the app in '${app}' ${[...criteria, 'can be tested'].join(' and ')}`;
  }
  if (criteria.length === 0) {
    return `there is no connection in ${region}`;
  }
  return `no connection ${hasNames ? 'of those that you named' : `in ${region}`} ${criteria.join(' and ')}`;
}

async function selectFromRegion(
  options: Options,
  region: string,
  criteria: Criteria,
  listing: Pick<Listing, 'of'>,
): Promise<Subject[]> {
  const { names, all, app } = options;
  const takesAll = all || (names.length === 0 && app === undefined);
  const isListed = takesAll || names.some(isPattern) || (names.length > 0 && criteria.type !== undefined);
  const listed = isListed ? await listing.of(region) : undefined;
  const named = names.flatMap((name) => resolve(name, region, criteria, listed));
  const others = takesAll ? (listed ?? []).filter((connection) => isSelected(connection, criteria)) : [];
  return [...named, ...others.map(({ name }) => ({ name, region, isNamed: false }))];
}

function resolve(name: string, region: string, criteria: Criteria, listed: readonly Listed[] | undefined): Subject[] {
  if (name.trim() === '') {
    throw new UsageError('the name of a connection is empty');
  }
  if (!isPattern(name)) {
    const known = listed?.find((connection) => connection.name === name);
    // What is not listed is tested all the same, because Glue says best what is wrong with it.
    return isSelected({ name, type: known?.type }, criteria) ? [{ name, region, isNamed: true }] : [];
  }
  const matching = (listed ?? []).filter((connection) => matcher(name)(connection.name));
  if (matching.length === 0) {
    throw new UsageError(`'${name}' matches no connection in ${region}`);
  }
  const selected = matching.filter((connection) => isSelected(connection, criteria));
  return selected.map((connection) => ({ name: connection.name, region, isNamed: false }));
}

/** Of a connection that is both named and found, the named one counts: it comes first. */
function withoutDuplicates(subjects: readonly Subject[]): Subject[] {
  const byKey = new Map<string, Subject>();
  for (const subject of subjects) {
    const key = JSON.stringify([subject.region, subject.name]);
    const known = byKey.get(key);
    byKey.set(key, { ...subject, isNamed: subject.isNamed || known?.isNamed === true });
  }
  return [...byKey.values()];
}
