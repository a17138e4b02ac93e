import type { Signature } from '../diagnosis';
import { DATA_STORE } from './data-store';
import { DEFINITION } from './definition';
import { REACHABILITY, VPC } from './network';
import { PERMISSIONS } from './permissions';
import { SECRET, SECRET_KEYS } from './secret';
import { TLS_AND_DRIVER } from './tls-and-driver';

/**
 * What is known of messages, the more special ones first. Glue doesn't document its texts, so they are matched loosely:
 * most were seen in its console, jobs and crawlers. To add one, add an entry to its group, and a message to its test.
 *
 * Gaps in the patterns are bounded, since it is not for us how long a message is and what it repeats.
 */
export const SIGNATURES: readonly Signature[] = [
  ...DEFINITION,
  ...VPC,
  ...PERMISSIONS,
  ...SECRET,
  // Before what it may look like: a store that can't be reached, or refused credentials
  ...TLS_AND_DRIVER,
  ...DATA_STORE,
  ...REACHABILITY,
  // Last, since a user, a database or a host may be called "secret".
  ...SECRET_KEYS,
];
