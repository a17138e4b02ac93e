import type { Tester } from './apps/connections';
import type { Kind, Synthesis } from './apps/synthesize';
import { figuresOf } from './process';
import { NODE_PATH } from './programs';

export type Synthesize = (tester: Tester, count: number, kind?: Kind, isValidated?: boolean) => Promise<Synthesis>;

/** Each synthesis has a process of its own, as `cdk synth` has: where the code is warm it is several times faster. */
export function inProcess(program: string): Synthesize {
  return (tester, count, kind = 'named', isValidated = false) => {
    // Validation takes ten seconds and is not ours.
    const env = { ...process.env, NODE_PATH, CDK_VALIDATION: String(isValidated) };
    return figuresOf<Synthesis>(program, [tester, kind, String(count)], { env });
  };
}
