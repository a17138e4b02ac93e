import { EventLog } from '../cloudformation/stack/events';
import { Stack } from '../cloudformation/stack/stack';
import { TemplateScope } from '../cloudformation/template/scope';
import { Role } from '../iam/role';
import { Secret } from '../services/secret';
import { ObjectGraph } from './object-graph';

/** What of a local cloud's state is more than data. */
export const STATE_GRAPH = new ObjectGraph({ EventLog, Role, Secret, Stack, TemplateScope });
