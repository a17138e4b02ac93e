import type { StepId } from './steps';

/** What something costs while it is there. Prices differ by Region and change: these are roundings up for us-east-1. */
interface Cost {
  readonly what: string;
  readonly steps: readonly StepId[];
  /** In US cents, an hour, no less than the price. */
  readonly centsPerHour: number;
  readonly pricing: string;
  /** Whether it is left out where there is a store already. */
  readonly isStore?: boolean;
}

/** Of these steps, what AWS charges for by the hour or that is worth a cent. */
const COSTS: readonly Cost[] = [
  {
    what: 'PostgreSQL of RDS, db.t4g.micro with 20 GB, in the VPC',
    steps: ['network'],
    centsPerHour: 4,
    pricing: 'https://aws.amazon.com/rds/postgresql/pricing/',
  },
  {
    what: 'interface endpoint for Secrets Manager in one Availability Zone',
    steps: ['network'],
    centsPerHour: 2,
    pricing: 'https://aws.amazon.com/privatelink/pricing/',
  },
  {
    what: 'PostgreSQL of RDS, db.t4g.micro with 20 GB and a public address',
    steps: ['public'],
    centsPerHour: 5,
    pricing: 'https://aws.amazon.com/rds/postgresql/pricing/',
    isStore: true,
  },
  {
    what: 'secrets, alarms, two dashboards and custom metrics, charged by the part of a month',
    steps: ['in-vpc', 'public', 'texts', 'monitor', 'created'],
    centsPerHour: 5,
    pricing: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  {
    what: 'invocations of Lambda, log lines, events and calls of APIs, all together',
    steps: ['in-vpc', 'public', 'texts', 'monitor', 'created'],
    centsPerHour: 5,
    pricing: 'https://aws.amazon.com/lambda/pricing/',
  },
];

/** No run may cost more, an hour, in US cents. */
export const LIMIT = 100;

export interface Budget {
  readonly lines: readonly string[];
  readonly centsPerHour: number;
}

/** What these steps cost an hour, item by item. */
export function budgetOf(steps: readonly StepId[], hasGivenStore: boolean): Budget {
  const costs = COSTS.filter(
    ({ steps: of, isStore }) => of.some((id) => steps.includes(id)) && !(hasGivenStore && isStore === true),
  );
  return {
    lines: costs.map(
      ({ what, centsPerHour, pricing }) => `less than $0.${pad(centsPerHour)} an hour: ${what} (${pricing})`,
    ),
    centsPerHour: costs.reduce((sum, { centsPerHour }) => sum + centsPerHour, 0),
  };
}

export function pad(cents: number): string {
  return String(cents).padStart(2, '0');
}
