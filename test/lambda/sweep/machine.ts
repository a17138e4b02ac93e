import { setTimeout } from 'node:timers/promises';
import type {
  FoldRequest,
  SweepEvent,
  SweepItem,
  SweepPage,
  SweepProgress,
  SweepResult,
  SweepSelection,
  SweepStep,
  SweepSummary,
  TestSettings,
} from '../../../lambda/sweep/contract';
import { asciiBytes } from '../../../lambda/sweep/limits';
import type { Ended } from '../hosts';
import { Pool } from '../pool';

export interface Execution {
  readonly selection?: SweepSelection;
  readonly input?: unknown;
  readonly test?: TestSettings;
  readonly fold?: Pick<FoldRequest, 'PatienceSeconds' | 'Report'>;
  /** Whether it waits between rounds. @default true */
  readonly waits?: boolean;
  /** What becomes of the results of a page; a child execution that failed may leave anything. */
  readonly disturb?: (results: SweepResult[]) => FoldRequest['Page']['Results'];
  /** Called after each round. */
  readonly afterRound?: () => void;
}

export interface Ending {
  readonly summary: SweepSummary;
  /** The largest payload in bytes, with everything outside of ASCII as an escape sequence. */
  readonly largest: number;
  /** The names of each page. */
  readonly pages: readonly (readonly string[])[];
  /** The events in the history of the execution. */
  readonly events: number;
}

/** Events of a state, as the console shows them: entered, scheduled, started, succeeded, exited. */
const EVENTS = { ends: 2, begin: 2, task: 5, choice: 2, map: 4, wait: 2, succeed: 2 };

/** The function, for a caller that waits for what it returns. */
export interface Callable {
  call(event: unknown): Promise<Ended>;
}

/** Does what the definition says. MiniStack runs the definition itself. */
export async function execute(callable: Callable, execution: Execution = {}): Promise<Ending> {
  const { selection = {}, input = {}, test = {}, fold, waits = true, disturb, afterRound } = execution;
  const startedAt = new Date().toISOString();
  const pool = new Pool(40);
  const pages: string[][] = [];
  let largest = 0;
  let events = EVENTS.ends + EVENTS.begin;
  const weigh = <T>(payload: T): T => {
    largest = Math.max(largest, asciiBytes(JSON.stringify(payload)));
    return payload;
  };
  const invoke = async <T>(event: SweepEvent): Promise<T> => {
    const { result, error } = await callable.call(weigh(event));
    if (error !== undefined) {
      throw new Error(error);
    }
    return weigh(result as T);
  };
  const testOne = ({ Name }: SweepItem) => invoke<SweepResult>({ Sweep: { Test: { ...test, Name } } });

  let state: SweepPage | SweepStep | { Next: 'LIST'; Progress: Partial<SweepProgress> } = {
    Next: 'LIST',
    Progress: {},
  };
  for (;;) {
    const { Progress } = state;
    if (state.Next === 'TEST') {
      const items = state.Items;
      pages.push(items.map(({ Name }) => Name));
      const results = await Promise.all(items.map((item) => pool.run(() => testOne(item))));
      const Page: FoldRequest['Page'] = weigh({ ...state, Results: disturb?.(results) ?? results });
      state = await invoke<SweepStep>({
        Sweep: { Fold: { StartTime: startedAt, ExecutionName: 'one', ...fold, Page } },
      });
      events += EVENTS.map + EVENTS.task + EVENTS.choice;
    } else if (state.Next === 'END') {
      return { summary: Progress.Summary!, largest, pages, events: events + EVENTS.succeed };
    } else {
      if (state.Next === 'WAIT') {
        afterRound?.();
        events += EVENTS.wait;
        await setTimeout(waits ? state.WaitSeconds * 1_000 : 0);
      }
      state = await invoke<SweepPage>({
        Sweep: { List: { Selection: selection, Input: input, Progress: weigh(state).Progress } },
      });
      events += EVENTS.task + EVENTS.choice;
    }
  }
}
