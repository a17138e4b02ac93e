import { Duration, Token } from 'aws-cdk-lib';
import { checkProps } from '../props/check-props';
import { checkName, checkTriggers } from '../secrets/value-checks';
import { SWEEP_PROPS, type ConnectionSweepProps } from './connection-sweep-props';

const MAX_PATTERNS = 30;

/** A managed policy has 6,144 characters, and names each pattern as an ARN. */
const MAX_INCLUDE_CHARACTERS = 2_000;

/** They are in the input of each execution, and in each request for a page of connections. */
const MAX_EXCLUDED_PATTERNS = 100;
const MAX_EXCLUDE_CHARACTERS = 8_000;

/** A key has 1,024 bytes. After the prefix come the name of the execution and that of the object. */
const MAX_PREFIX_BYTES = 900;

const MAX_PATIENCE = Duration.minutes(55);

/** @throws an error that names the property, and says what to do */
export function checkSweepProps(props: ConnectionSweepProps): void {
  checkProps('props', props, SWEEP_PROPS);
  const { include, exclude = [], connectionTypes, secrets = [], patience, reportBucket, reportPrefix } = props;
  if (Token.isUnresolved(include)) {
    throw new Error(
      "'include' must be a list that is known at synthesis, since each pattern is in the permissions, got: a list that is " +
        'known at deployment only; list the patterns one by one, each of which may be a parameter',
    );
  }
  if (include?.length === 0) {
    throw new Error("'include' must hold at least one pattern, got: none; leave it out to test all connections");
  }
  if (connectionTypes?.length === 0) {
    throw new Error("'connectionTypes' must hold at least one type, got: none; leave it out to test all types");
  }
  if ((include?.length ?? 0) > MAX_PATTERNS) {
    throw new Error(
      `'include' must hold at most ${MAX_PATTERNS} patterns, got: ${include?.length}; use wildcards, or more than one sweep`,
    );
  }
  if (!Token.isUnresolved(exclude) && exclude.length > MAX_EXCLUDED_PATTERNS) {
    throw new Error(
      `'exclude' must hold at most ${MAX_EXCLUDED_PATTERNS} patterns, got: ${exclude.length}; use wildcards`,
    );
  }
  checkPatterns('include', include ?? [], MAX_INCLUDE_CHARACTERS);
  checkPatterns('exclude', exclude, MAX_EXCLUDE_CHARACTERS);
  checkPatience(patience);
  checkTriggers(props.triggers);
  if (props.catalogId !== undefined) {
    checkName('catalogId', props.catalogId);
  }
  if (secrets.length > 30) {
    throw new Error(
      `'secrets' must hold at most 30 secrets, got: ${secrets.length}; grant more to the provider, by ` +
        "'secret.grantRead(provider)'",
    );
  }
  if (reportPrefix !== undefined && reportBucket === undefined) {
    throw new Error(`'reportPrefix' must not be given without 'reportBucket', got: '${reportPrefix}'; add the bucket`);
  }
  checkPrefix(reportPrefix);
}

function checkPatterns(property: string, patterns: readonly string[], maxCharacters: number): void {
  patterns.forEach((pattern, index) => {
    checkName(`${property}[${index}]`, pattern);
    // The function takes blanks away, as they come with a list in a parameter. The permissions would keep them.
    if (!Token.isUnresolved(pattern) && pattern.trim() !== pattern) {
      throw new Error(`'${property}[${index}]' must not begin or end with a blank, got: '${pattern}'; take it out`);
    }
  });
  const known = patterns.filter((pattern) => !Token.isUnresolved(pattern)).join('');
  const outside = known.match(/[^\0-\x7F]/g)?.length ?? 0;
  const length = known.length + 5 * outside;
  if (length > maxCharacters) {
    throw new Error(
      `'${property}' must have at most ${maxCharacters} characters in all its patterns` +
        `${outside > 0 ? ', of which each outside of ASCII counts as 6' : ''}, got: ${length}; use wildcards`,
    );
  }
}

function checkPatience(patience: Duration | undefined): void {
  if (patience === undefined || patience.isUnresolved()) {
    return;
  }
  const seconds = patience.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds > MAX_PATIENCE.toSeconds()) {
    throw new Error(
      `'patience' must be whole seconds from 0 to 55 minutes, since a deployment waits for an hour at most, got: ` +
        `${seconds} seconds`,
    );
  }
}

function checkPrefix(prefix: string | undefined): void {
  if (prefix === undefined || Token.isUnresolved(prefix)) {
    return;
  }
  const bytes = Buffer.byteLength(prefix);
  if (bytes > MAX_PREFIX_BYTES) {
    throw new Error(`'reportPrefix' must have at most ${MAX_PREFIX_BYTES} bytes, got: ${bytes}; use a shorter one`);
  }
  // In the address of a request they would lead to another key.
  if (prefix.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new Error(
      `'reportPrefix' must have neither '.' nor '..' between slashes, got: '${prefix}'; take them out of it`,
    );
  }
}
