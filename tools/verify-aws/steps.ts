/** One run of the `cdk` command on one stack of an app in `test/integ`. */
export interface Step {
  readonly app: 'lifecycle' | 'monitor' | 'network' | 'public' | 'texts' | 'types';
  readonly stack: string;
  /** @default ['deploy'] */
  readonly command?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
  /** The step that must have ended. It need not have succeeded. */
  readonly after?: string;
  /** The step that must have succeeded. */
  readonly needs?: string;
  /** What has to be there. */
  readonly place?: 'own VPC' | 'public store';
}

const NO_ROLLBACK = ['deploy', '--no-rollback'];

/** By their names. What does not wait for another runs side by side. */
export const STEPS = {
  network: { app: 'network', stack: 'GlueVerifyNetwork', place: 'own VPC' },
  'in-vpc': { app: 'network', stack: 'GlueVerifyInVpc', needs: 'network', place: 'own VPC' },
  creation: { app: 'network', stack: 'GlueVerifyCreation', needs: 'network', place: 'own VPC' },
  public: { app: 'public', stack: 'GlueVerifyPublic', place: 'public store' },
  texts: { app: 'texts', stack: 'GlueVerifyTexts' },
  kafka: { app: 'types', stack: 'GlueVerifyKafka' },
  mongodb: { app: 'types', stack: 'GlueVerifyMongoDb' },
  custom: { app: 'types', stack: 'GlueVerifyCustom' },
  created: { app: 'lifecycle', stack: 'GlueVerifyLifecycle', context: { phase: '1' } },
  'depends-on': { app: 'lifecycle', stack: 'GlueVerifyLifecycle', context: { phase: '2' }, needs: 'created' },
  'update-rollback': { app: 'lifecycle', stack: 'GlueVerifyLifecycle', context: { phase: '3' }, after: 'depends-on' },
  'create-rollback': { app: 'lifecycle', stack: 'GlueVerifyCreateRollback' },
  'no-rollback': { app: 'lifecycle', stack: 'GlueVerifyNoRollback', command: NO_ROLLBACK },
  rollback: { app: 'lifecycle', stack: 'GlueVerifyNoRollback', command: ['rollback'], after: 'no-rollback' },
  monitor: { app: 'monitor', stack: 'GlueVerifyMonitor' },
  'secret-change': { app: 'monitor', stack: 'GlueVerifyMonitor', context: { release: '2' }, needs: 'monitor' },
} as const satisfies Readonly<Record<string, Step>>;

export type StepId = keyof typeof STEPS;

export function step(id: StepId): Step & { readonly after?: StepId; readonly needs?: StepId } {
  return STEPS[id];
}

/** These steps and those before them, in an order in which they can run. */
export function withThoseBefore(ids: readonly StepId[]): StepId[] {
  const wanted = new Set<StepId>();
  const add = (id: StepId): void => {
    const { after, needs } = step(id);
    [after, needs].filter((before) => before !== undefined).forEach(add);
    wanted.add(id);
  };
  ids.forEach(add);
  return (Object.keys(STEPS) as StepId[]).filter((id) => wanted.has(id));
}
