import { Duration, Token } from 'aws-cdk-lib';
import { checkProps } from '../props/check-props';
import { checkName, checkTriggers } from '../secrets/value-checks';
import { SWEEP_PROPS, type ConnectionSweepProps } from './connection-sweep-props';

const MAX_PATTERNS = 30;

/** A managed policy has 6,144 characters, and names each pattern as an ARN. */
const MAX_INCLUDE_CHARACTERS = 2_000;

/** They are in each request for a page of connections. */
const MAX_EXCLUDE_CHARACTERS = 8_000;

const MAX_PATIENCE = Duration.minutes(55);

/** @throws an error that names the property, and says what to do */
export function checkSweepProps(props: ConnectionSweepProps): void {
  checkProps('props', props, SWEEP_PROPS);
  const { include, exclude = [], connectionTypes, secrets = [], patience, reportBucket, reportPrefix } = props;
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
  checkPatterns('include', include ?? [], MAX_INCLUDE_CHARACTERS);
  checkPatterns('exclude', exclude, MAX_EXCLUDE_CHARACTERS);
  checkPatience(patience);
  checkTriggers(props.triggers);
  if (secrets.length > 30) {
    throw new Error(
      `'secrets' must hold at most 30 secrets, got: ${secrets.length}; grant more to the provider, by ` +
        "'secret.grantRead(provider)'",
    );
  }
  if (reportPrefix !== undefined && reportBucket === undefined) {
    throw new Error(`'reportPrefix' must not be given without 'reportBucket', got: '${reportPrefix}'; add the bucket`);
  }
}

function checkPatterns(property: string, patterns: readonly string[], maxCharacters: number): void {
  patterns.forEach((pattern, index) => {
    checkName(`${property}[${index}]`, pattern);
  });
  const length = patterns.reduce((sum, pattern) => sum + (Token.isUnresolved(pattern) ? 0 : pattern.length), 0);
  if (length > maxCharacters) {
    throw new Error(
      `'${property}' must have at most ${maxCharacters} characters in all its patterns, got: ${length}; use wildcards`,
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
