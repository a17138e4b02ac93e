import type { Reply } from '../reply';

/** A schedule as it was created. */
export interface Schedule {
  readonly Name: string;
  readonly GroupName: string;
  readonly Description?: string;
  readonly ScheduleExpression: string;
  readonly State: string;
  readonly ActionAfterCompletion: string;
  readonly Target: { readonly Arn: string; readonly RoleArn: string; readonly Input: string };
}

/** What EventBridge Scheduler has to do with one request. */
export interface SchedulerRequest {
  readonly operation: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** How many schedules it lists at once, however many are asked for: few, so that there are pages. */
const PAGE = 7;

const OPERATIONS: Readonly<Record<string, string>> = {
  POST: 'CreateSchedule',
  GET: 'GetSchedule',
  DELETE: 'DeleteSchedule',
};

/** Reads a request; undefined if it is not for EventBridge Scheduler. */
export function schedulerRequest(method: string, url: string, body: string): SchedulerRequest | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, name] = /^\/schedules(?:\/([\w.-]+))?$/.exec(pathname) ?? [undefined, undefined];
  if (!pathname.startsWith('/schedules')) {
    return undefined;
  }
  const query = Object.fromEntries(searchParams);
  const fields = method === 'POST' ? (JSON.parse(body) as Record<string, unknown>) : query;
  return { operation: name === undefined ? 'ListSchedules' : OPERATIONS[method]!, name: name ?? '', fields };
}

/** EventBridge Scheduler, as far as the monitor uses it. Nothing is run by itself: see `fire`. */
export class FakeScheduler {
  readonly schedules = new Map<string, Schedule>();
  /** What happens to a request instead; one that gives no reply is answered as usual. */
  disturb: ((request: SchedulerRequest) => Reply | undefined) | undefined;

  get names(): string[] {
    return [...this.schedules.keys()];
  }

  add(name: string, input: object, group = 'group'): void {
    const Target = { Arn: 'arn', RoleArn: 'role', Input: JSON.stringify(input) };
    const recurring = { ScheduleExpression: 'rate(1 hour)', State: 'ENABLED', ActionAfterCompletion: 'NONE' };
    this.schedules.set(name, { Name: name, GroupName: group, Target, ...recurring });
  }

  /** Runs a one-time schedule: what it invokes the function with. */
  fire(name: string): unknown {
    const { ActionAfterCompletion, State, Target } = this.schedules.get(name)!;
    if (State !== 'ENABLED') {
      throw new Error(`${name} is disabled`);
    }
    if (ActionAfterCompletion === 'DELETE') {
      this.schedules.delete(name);
    }
    return JSON.parse(Target.Input) as unknown;
  }

  answer(request: SchedulerRequest): Reply {
    const disturbed = this.disturb?.(request);
    if (disturbed !== undefined) {
      return disturbed;
    }
    const { operation, name, fields } = request;
    const there = this.schedules.get(name);
    switch (operation) {
      case 'CreateSchedule':
        if (there !== undefined) {
          return schedulerError('ConflictException', 409, `Schedule ${name} already exists.`);
        }
        this.schedules.set(name, { ...(fields as unknown as Schedule), Name: name });
        return json({ ScheduleArn: `arn:aws:scheduler:eu-west-1:111122223333:schedule/group/${name}` });
      case 'ListSchedules':
        return json(this.page(fields));
      default:
        if (there === undefined || there.GroupName !== fields.groupName) {
          return schedulerError('ResourceNotFoundException', 404, `Schedule ${name} does not exist.`);
        }
        if (operation === 'DeleteSchedule') {
          this.schedules.delete(name);
          return json({});
        }
        return json(there);
    }
  }

  private page({ ScheduleGroup, NamePrefix = '', NextToken = '0' }: Readonly<Record<string, unknown>>): object {
    const all = [...this.schedules.values()].filter(
      ({ Name, GroupName }) => GroupName === ScheduleGroup && Name.startsWith(String(NamePrefix)),
    );
    const from = Number(NextToken);
    const Schedules = all.slice(from, from + PAGE).map(({ Name, GroupName, State }) => ({ Name, GroupName, State }));
    return { Schedules, ...(from + PAGE < all.length ? { NextToken: String(from + PAGE) } : {}) };
  }
}

export function schedulerError(code: string, statusCode: number, message: string): Reply {
  return (response) => {
    response
      .writeHead(statusCode, { 'content-type': 'application/json', 'x-amzn-errortype': code })
      .end(JSON.stringify({ Message: message }));
  };
}

function json(body: object): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
