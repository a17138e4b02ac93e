import { allOf, anyIn, type Certainty } from './certainty';
import type { EndpointFacts, NetworkFacts } from './facts';
import { isDeadEnd, isInterfaceFor, KMS, SECRETS_MANAGER, serviceNeed, SERVICES, STS, wayToServices } from './needs';
import type { Service } from './needs';
import { admitsConnection, refusalOf } from './permissions';
import { single } from './ports';
import { judged, TEST_FAILED, type Judgement, type Rule, type RuleName } from './rule';

const PRIVATE_LINK = 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html';
const HTTPS = single(443);

/** The services of AWS that Glue calls for the connection, from its subnet. */
export const ENDPOINT_RULES: readonly Rule[] = [
  {
    name: 'ENDPOINT_CLOSED',
    link: PRIVATE_LINK,
    looksAt: "the endpoints' security groups",
    about: 'SETUP',
    judge: (facts) =>
      firstOf(facts, (endpoint, { name }) => {
        const admits =
          endpoint.hasPrivateDns === false ? undefined : admitsConnection(endpoint.securityGroups, HTTPS, facts);
        return judged(admits === undefined ? undefined : !admits, () => {
          const { says, nextStep, group } = refusalOf(endpoint.securityGroups, HTTPS.from, facts);
          const sentence = `Endpoint ${endpoint.id} for ${name} is closed: ${says}`;
          return { resource: group ?? endpoint.id, sentence, nextStep };
        });
      }),
  },
  {
    name: 'ENDPOINT_PRIVATE_DNS_OFF',
    link: PRIVATE_LINK,
    looksAt: "the endpoints' private DNS names",
    about: 'SETUP',
    judge: (facts) =>
      firstOf(facts, (endpoint, service) =>
        judged(isNameless(service, facts), () => ({
          resource: endpoint.id,
          sentence: `Endpoint ${endpoint.id} for ${service.name} has no private DNS names, and there is no other route to it.`,
          nextStep: `Turn on the private DNS names of ${endpoint.id}, unless your own private hosted zone replaces them.`,
        })),
      ),
  },
  serviceRule('SECRETS_MANAGER_UNREACHABLE', SECRETS_MANAGER),
  serviceRule('KMS_UNREACHABLE', KMS),
  serviceRule('STS_UNREACHABLE', STS),
];

function serviceRule(rule: RuleName, service: Service): Rule {
  return {
    name: rule,
    link: TEST_FAILED,
    looksAt: `the route to ${service.name}`,
    about: 'SETUP',
    judge: (facts) => {
      if (service.isUsed(facts) !== true) {
        return undefined;
      }
      const need = serviceNeed(service, facts);
      const { vpc, subnet, routeTable } = facts;
      const id = vpc?.id ?? subnet?.vpcId ?? 'the VPC';
      return judged(need === undefined ? false : isDeadEnd(need.way), () => ({
        resource: id,
        sentence: `${id} has no interface endpoint for ${service.name}, and ${routeTable?.id ?? ''} has no route to a NAT gateway.`,
        nextStep: `Add an interface endpoint for ${service.name} to ${id}, or a route to a NAT gateway.`,
      }));
    },
  };
}

/** Whether no endpoint for a service has its name, and nothing else leads to the service. */
function isNameless(service: Service, facts: NetworkFacts): Certainty {
  const isNamed = anyIn(facts.endpoints, (endpoint) =>
    allOf([isInterfaceFor(service, endpoint), endpoint.hasPrivateDns]),
  );
  return isNamed === undefined ? undefined : isNamed ? false : isDeadEnd(wayToServices(facts));
}

/** The first that is wrong with an endpoint for a service that the connection uses. */
function firstOf(facts: NetworkFacts, judge: (endpoint: EndpointFacts, service: Service) => Judgement): Judgement {
  const judgements = SERVICES.filter((service) => service.isUsed(facts) === true).flatMap((service) =>
    (facts.endpoints?.items ?? [])
      .filter((endpoint) => isInterfaceFor(service, endpoint) === true)
      .map((endpoint) => judge(endpoint, service)),
  );
  const wrong = judgements.find((judgement) => typeof judgement === 'object');
  return wrong ?? (judgements.length > 0 && !judgements.includes(undefined) ? 'IN_ORDER' : undefined);
}
