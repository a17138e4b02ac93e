import { isObject } from '../properties/shape';
import type { SweepSummary } from '../sweep/contract';
import type { ConnectionSweepAttributes } from './contract';
import { report } from './reason';

const COUNTS = ['listed', 'tested', 'passed', 'failed', 'unsupported', 'deleted', 'omitted'] as const;
const LISTS = ['unmatched', 'failures'] as const;

/** @returns the output of an execution, or nothing where it is not that of a sweep */
export function summaryIn(output: string | undefined): SweepSummary | undefined {
  try {
    const summary: unknown = JSON.parse(output ?? '');
    const isSummary =
      isObject(summary) &&
      COUNTS.every((name) => typeof summary[name] === 'number') &&
      LISTS.every((name) => Array.isArray(summary[name])) &&
      (summary.report === undefined || typeof summary.report === 'string');
    return isSummary ? (summary as unknown as SweepSummary) : undefined;
  } catch {
    return undefined;
  }
}

/** The attributes of a sweep that does not fail the resource. */
export function attributesOf(summary: SweepSummary, executionArn: string): ConnectionSweepAttributes {
  const { failed } = summary;
  return texts(failed > 0 ? 'FAILED' : 'PASSED', summary, failed > 0 ? report(summary) : 'no failures', executionArn);
}

/** The attributes of an Update in a rollback. */
export function skipped(why: string, executionArn: string): ConnectionSweepAttributes {
  return texts('SKIPPED', { listed: 0, tested: 0, passed: 0, failed: 0, unsupported: 0 }, why, executionArn);
}

function texts(
  Outcome: ConnectionSweepAttributes['Outcome'],
  counts: Pick<SweepSummary, 'listed' | 'tested' | 'passed' | 'failed' | 'unsupported'>,
  Report: string,
  ExecutionArn: string,
): ConnectionSweepAttributes {
  const { listed, tested, passed, failed, unsupported } = counts;
  return {
    Outcome,
    Listed: String(listed),
    Tested: String(tested),
    Passed: String(passed),
    Failed: String(failed),
    Unsupported: String(unsupported),
    Report,
    ExecutionArn,
  };
}
