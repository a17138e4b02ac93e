import { ServiceError } from '@cdk-glue-connection-test/local-cloud';
import { setTimeout } from 'node:timers/promises';

export interface GlueSettings {
  /** How long a test takes. */
  readonly milliseconds: number;
  /** The addresses of the one subnet, of which each test takes one while it runs. */
  readonly addresses: number;
  /** Of so many calls, one is throttled. */
  readonly throttledEvery: number;
}

/** A Glue whose tests take their time and an address, and all pass. */
export class BusyGlue {
  calls = 0;
  running = 0;
  /** The most tests that ran at once. */
  peak = 0;
  throttled = 0;
  withoutAddress = 0;

  constructor(private readonly settings: GlueSettings) {}

  readonly connect = async (): Promise<void> => {
    const { milliseconds, addresses, throttledEvery } = this.settings;
    this.calls++;
    if (this.calls % throttledEvery === 0) {
      this.throttled++;
      throw new ServiceError('ThrottlingException', 'Rate exceeded');
    }
    if (this.running >= addresses) {
      this.withoutAddress++;
      throw new ServiceError(
        'InvalidInputException',
        'The specified subnet does not have enough free addresses to satisfy the request.',
      );
    }
    this.running++;
    this.peak = Math.max(this.peak, this.running);
    await setTimeout(milliseconds);
    this.running--;
  };
}
