import type { Signature } from '../diagnosis';
import { DATA_STORE } from './data-store';
import { DEFINITION } from './definition';
import { REACHABILITY, VPC } from './network';
import { PERMISSIONS } from './permissions';
import { SECRET, SECRET_KEYS } from './secret';
import { TLS_AND_DRIVER } from './tls-and-driver';

/**
 * All known messages, the more specific ones first. Glue does not document its messages, so they are matched loosely.
 * Most were seen in its console, jobs and crawlers. To add one, add an entry to its group and a message to its test.
 *
 * Gaps in the patterns are bounded, because we don't control how long a message is and what it repeats.
 */
export const SIGNATURES: readonly Signature[] = [
  ...DEFINITION,
  ...VPC,
  ...PERMISSIONS,
  ...SECRET,
  // Before the groups that its messages may look like: an unreachable data store, or refused credentials.
  ...TLS_AND_DRIVER,
  ...DATA_STORE,
  ...REACHABILITY,
  // Last, because a user, a database or a host may be called "secret".
  ...SECRET_KEYS,
];
