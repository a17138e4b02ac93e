import type { Context } from 'aws-lambda';
import type { Clock } from '../base/clock';
import { createLog } from '../base/log';
import { Redactor } from '../base/redaction/redactor';
import { Clients } from '../connection/clients';
import type {
  FoldRequest,
  ListRequest,
  SweepEvent,
  SweepPage,
  SweepResult,
  SweepStep,
  TestOneRequest,
} from './contract';
import { fold } from './fold';
import { list } from './list';
import { metricOf } from './metrics';
import { addressOf, writeReport } from './report';
import { testOne } from './test';

export type SweepContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** How long Glue may take to list connections. */
const LIST_MS = 30_000;

/**
 * Does one step of a sweep for its state machine. It is a file of its own in the function's code, so that a test during a
 * deployment does not load it.
 *
 * @throws what the state machine has to decide about: it tries again, or ends the execution with that
 */
export async function sweep(
  { Sweep: request }: SweepEvent,
  context: SweepContext,
  clock: Clock,
): Promise<SweepPage | SweepResult | SweepStep> {
  if ('List' in request) {
    return listPage(request.List, context, clock);
  }
  return 'Test' in request ? runTest(request.Test, context, clock) : foldPage(request.Fold, context, clock);
}

async function listPage(request: ListRequest, { awsRequestId }: SweepContext, clock: Clock): Promise<SweepPage> {
  const { redact } = new Redactor();
  const log = createLog(awsRequestId, 'sweep', redact);
  const clients = new Clients(LIST_MS);
  try {
    const page = await list(request, { glue: clients.glue, clock, log, redact });
    const { Items, Progress } = page;
    log({
      level: 'INFO',
      event: 'connections listed',
      message: `round ${Progress.Round}: ${Items.length} of ${Progress.Summary.listed} connections are next`,
    });
    return page;
  } catch (error) {
    const { name, message } = error as Error;
    log({ level: 'ERROR', event: 'connections not listed', message: `${name}: ${message}` });
    throw error;
  } finally {
    clients.close();
  }
}

async function runTest(request: TestOneRequest, context: SweepContext, clock: Clock): Promise<SweepResult> {
  const redactor = new Redactor();
  return testOne(request, context.getRemainingTimeInMillis(), {
    connect: (patienceMs) => new Clients(patienceMs),
    role: undefined,
    redactor,
    clock,
    log: createLog(context.awsRequestId, request.Name, redactor.redact),
  });
}

async function foldPage(request: FoldRequest, { awsRequestId }: SweepContext, clock: Clock): Promise<SweepStep> {
  const log = createLog(awsRequestId, 'sweep', new Redactor().redact);
  const { step, finished } = fold(request, clock);
  if (request.Report !== undefined) {
    await writeReport(request.Report, request.ExecutionName, step.Progress.Pages, finished, clock);
  }
  const { Summary: summary, Pending } = step.Progress;
  const { tested, passed, failed, unsupported } = summary;
  log({
    level: 'INFO',
    event: step.Next === 'END' ? 'sweep ended' : 'sweep goes on',
    message: `${tested} tested, ${passed} passed, ${failed} failed, ${unsupported} unsupported, ${Pending.length} to be tested again`,
    tested,
    passed,
    failed,
    unsupported,
    ...(step.Next === 'END' && request.MetricOf !== undefined ? metricOf(request.MetricOf, failed, clock.now()) : {}),
  });
  return request.Report === undefined ? step : withAddress(step, addressOf(request.Report, request.ExecutionName));
}

function withAddress(step: SweepStep, report: string): SweepStep {
  const { Progress } = step;
  return { ...step, Progress: { ...Progress, Summary: { ...Progress.Summary, report } } };
}
