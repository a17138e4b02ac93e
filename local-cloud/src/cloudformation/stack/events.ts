import { randomUUID } from 'node:crypto';
import type { Properties } from '../resource-handler';
import type { ResourceStatus, StackStatus } from './status';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export interface StackEvent {
  readonly eventId: string;
  readonly stackId: string;
  readonly stackName: string;
  /** Strictly rising within a stack, so that events can be told apart and ordered by it. */
  readonly timestamp: Date;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly resourceType: string;
  readonly status: StackStatus | ResourceStatus;
  readonly reason?: string;
  readonly clientRequestToken?: string;
  /** The same for all events of an operation; a rollback is another one. */
  readonly operationId: string;
  /** With the values of NoEcho parameters and attributes masked. */
  readonly properties?: Properties;
}

export type EventContent = Omit<
  StackEvent,
  'eventId' | 'stackId' | 'stackName' | 'timestamp' | 'clientRequestToken' | 'operationId'
>;

/** The history of one stack. */
export class EventLog {
  readonly events: StackEvent[] = [];
  private clientRequestToken?: string;
  private operationId: string = randomUUID();
  private lastTimestamp = 0;

  constructor(
    private readonly stackId: string,
    private readonly stackName: string,
    private onEvent: (event: StackEvent) => void,
  ) {}

  /** Replaces whoever hears of events. */
  listen(onEvent: (event: StackEvent) => void): void {
    this.onEvent = onEvent;
  }

  /** Marks the events to come as those of another operation. */
  begin(clientRequestToken?: string): void {
    this.clientRequestToken = clientRequestToken;
    this.operationId = randomUUID();
  }

  /** A rollback is an operation, but nobody else's. */
  beginRollback(): void {
    this.operationId = randomUUID();
  }

  add(content: EventContent): StackEvent {
    this.lastTimestamp = Math.max(Date.now(), this.lastTimestamp + 1);
    const event: StackEvent = {
      ...content,
      eventId: randomUUID(),
      stackId: this.stackId,
      stackName: this.stackName,
      timestamp: new Date(this.lastTimestamp),
      clientRequestToken: this.clientRequestToken,
      operationId: this.operationId,
    };
    this.events.push(event);
    this.onEvent(event);
    return event;
  }
}
