import type { NetworkFacts } from './facts';
import { needsOf, s3Need, storeNeed, type Need } from './needs';
import { natGatewayOf, type Way } from './routing';
import { judged, list, TEST_FAILED, TROUBLESHOOTING_ERRORS, VPC_GUIDE, type Judgement, type Rule } from './rule';

/** The subnet's route table, and what it leads to. */
export const ROUTE_RULES: readonly Rule[] = [
  {
    name: 'ROUTE_BLACKHOLE',
    link: `${VPC_GUIDE}/route-table-options.html`,
    looksAt: 'the targets of its routes',
    about: 'STORE',
    judge: (facts) =>
      judgeNeeds(facts, isOf('BLACK_HOLE'), (_, { cidr = '', target }, table) => ({
        resource: table,
        sentence: `The route to ${cidr} in ${table} is a black hole: its target${target === undefined ? '' : ` ${target.id}`} is gone.`,
        nextStep: `Give the route to ${cidr} in ${table} a target that exists.`,
      })),
  },
  {
    name: 'NO_ROUTE_TO_STORE',
    link: TEST_FAILED,
    looksAt: 'the route to the data store',
    about: 'STORE',
    judge: (facts) => {
      const { what, way } = storeNeed(facts);
      const { routeTable, subnet } = facts;
      const table = routeTable?.id ?? '';
      return judged(way === undefined ? undefined : way.kind === 'NONE', () => ({
        resource: table,
        sentence: `Route table ${table} of subnet ${subnet?.id ?? ''} has no route to ${what}.`,
        nextStep: `Add a route to ${table}: to a NAT gateway, a peering connection, a transit gateway or a VPN.`,
      }));
    },
  },
  {
    name: 'NAT_NOT_AVAILABLE',
    link: `${VPC_GUIDE}/nat-gateway-troubleshooting.html`,
    looksAt: 'the NAT gateway',
    about: 'STORE',
    judge: judgeNatGateway,
  },
  {
    name: 'PUBLIC_SUBNET',
    link: TEST_FAILED,
    looksAt: 'the way out',
    about: 'SETUP',
    judge: (facts) =>
      judgeNeeds(facts, isOf('INTERNET_GATEWAY'), (what, { target }, table) => ({
        resource: facts.subnet?.id ?? table,
        sentence:
          `Subnet ${facts.subnet?.id ?? ''} is public: ${table} leads to ${what} through internet gateway ` +
          `${target?.id ?? ''}, and Glue's network interfaces have no public address.`,
        nextStep: 'Put the connection into a private subnet, whose route table leads to a NAT gateway.',
      })),
  },
  {
    name: 'S3_UNREACHABLE',
    link: TROUBLESHOOTING_ERRORS,
    looksAt: 'the route to S3',
    about: 'SETUP',
    judge: (facts) => {
      const need = s3Need(facts);
      if (need === undefined || need.way?.kind === 'NAT_GATEWAY') {
        return 'IN_ORDER';
      }
      if (need.way?.kind !== 'NONE' && need.way?.kind !== 'INTERNET_GATEWAY') {
        return undefined;
      }
      const { routeTable, subnet } = facts;
      const table = routeTable?.id ?? '';
      return {
        resource: table,
        sentence: `Route table ${table} of subnet ${subnet?.id ?? ''} has neither a gateway endpoint for S3 nor a NAT gateway.`,
        nextStep: `Add a gateway endpoint for S3 to ${table}, or a route to a NAT gateway.`,
      };
    },
  },
];

type Finding = Exclude<Judgement, 'IN_ORDER' | undefined>;
type Route = Exclude<Way, { kind: 'NONE' }>['route'];

/** What has to take a way that leads nowhere. */
function judgeNeeds(
  facts: NetworkFacts,
  isWrong: (way: Way) => boolean,
  found: (what: string, route: Route, table: string) => Finding,
): Judgement {
  const needs = needsOf(facts);
  const wrong = needs.filter(({ way }) => way !== undefined && isWrong(way));
  const [first] = wrong;
  if (first?.way === undefined || first.way.kind === 'NONE') {
    return needs.some(({ way }) => way === undefined) ? undefined : 'IN_ORDER';
  }
  return found(names(wrong), first.way.route, facts.routeTable?.id ?? '');
}

function isOf(kind: Way['kind']): (way: Way) => boolean {
  return (way) => way.kind === kind;
}

function judgeNatGateway(facts: NetworkFacts): Judgement {
  const through = needsOf(facts).filter(({ way }) => way?.kind === 'NAT_GATEWAY');
  const gateway = natGatewayOf(through[0]?.way, facts);
  if (gateway?.state === undefined) {
    return undefined;
  }
  const { id, state } = gateway;
  return judged(state !== 'available', () => ({
    resource: id,
    sentence: `NAT gateway ${id} has the state ${state}, and the route to ${names(through)} goes through it.`,
    nextStep:
      state === 'pending'
        ? 'Deploy again once it is available.'
        : `Replace ${id}, in ${facts.routeTable?.id ?? 'the route table'} too.`,
  }));
}

function names(needs: readonly Need[]): string {
  return list(needs.map(({ what }) => what));
}
