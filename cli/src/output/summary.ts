import type { Summary } from '../run/report';

/** Says what a run has come to, such as `2 passed, 1 failed`. */
export function showSummary({ passed, failed, unsupported, notTested }: Summary): string {
  const parts = [
    `${passed} passed`,
    `${failed} failed`,
    ...(unsupported > 0 ? [`${unsupported} that Glue can't test`] : []),
    ...(notTested > 0 ? [`${notTested} not tested`] : []),
  ];
  return parts.join(', ');
}
