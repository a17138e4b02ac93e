import { Token } from 'aws-cdk-lib';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

const MINUTES_PER_DAY = 1_440;

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: MINUTES_PER_DAY };

/**
 * The time between two runs of a schedule in minutes; of a schedule whose runs are not evenly spread, the longest.
 *
 * @throws an error when it is not known at synthesis, under a minute or over a day
 */
export function intervalOf({ expressionString: expression }: ScheduleExpression): number {
  if (Token.isUnresolved(expression)) {
    throw new Error(
      "'schedule' must be known at synthesis, since it sets the periods of the alarms, got: a value that is only known at " +
        'deployment',
    );
  }
  const [, value, unit = ''] = /^rate\(\s*(\d+)\s+(second|minute|hour|day)s?\s*\)$/.exec(expression) ?? [];
  const [, cron] = /^cron\((.*)\)$/s.exec(expression) ?? [];
  const interval =
    value !== undefined ? Number(value) * (MINUTES[unit] ?? 1 / 60) : cron !== undefined ? ofCron(cron) : undefined;
  if (interval === undefined) {
    throw new Error(
      `'schedule' must be a rate or a cron expression, got: '${expression}'; use ScheduleExpression.rate(Duration.hours(1))`,
    );
  }
  if (interval < 1 || interval > MINUTES_PER_DAY) {
    throw new Error(
      `'schedule' must run at most once a minute and at least once a day, got: '${expression}'; ` +
        (interval < 1
          ? 'use ScheduleExpression.rate(Duration.minutes(1)) or a longer time'
          : 'a connection that is tested less often is broken for days before anyone knows'),
    );
  }
  return interval;
}

/** Undefined for what is no cron expression of EventBridge Scheduler. */
function ofCron(cron: string): number | undefined {
  const fields = cron.trim().split(/\s+/);
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const minutes = valuesOf(minute, 60);
  const hours = valuesOf(hour, 24);
  if (fields.length !== 6 || minutes === undefined || hours === undefined) {
    return undefined;
  }
  const isEveryDay =
    EVERY_DAY_OF_MONTH.test(dayOfMonth) &&
    EVERY_MONTH.test(month) &&
    EVERY_DAY_OF_WEEK.test(dayOfWeek) &&
    ALWAYS.test(year);
  return isEveryDay ? longestGap(hours.flatMap((h) => minutes.map((m) => h * 60 + m))) : Infinity;
}

const ALWAYS = /^(\*|\*\/1)$/;
const EVERY_DAY_OF_MONTH = /^(\?|\*|[*1]\/1|1-31)$/;
const EVERY_MONTH = /^(\*|[*1]\/1|1-12|JAN-DEC)$/i;
const EVERY_DAY_OF_WEEK = /^(\?|\*|[*1]\/1|1-7|SUN-SAT)$/i;

/** The values of a field below a limit; undefined for what is none. */
function valuesOf(field: string, limit: number): number[] | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [, all, from, to, step] = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const first = all === undefined ? Number(from) : 0;
    const last = to !== undefined ? Number(to) : all !== undefined || step !== undefined ? limit - 1 : first;
    const by = Number(step ?? 1);
    if (!(by >= 1 && first <= last && last < limit)) {
      return undefined;
    }
    for (let value = first; value <= last; value += by) {
      values.add(value);
    }
  }
  return [...values];
}

/** The longest time between two of these minutes of a day, also over midnight. */
function longestGap(minutesOfDay: readonly number[]): number {
  const sorted = [...minutesOfDay].sort((one, other) => one - other);
  const [first = 0] = sorted;
  return Math.max(...sorted.map((minute, index) => (sorted[index + 1] ?? first + MINUTES_PER_DAY) - minute));
}
