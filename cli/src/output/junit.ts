import { hostname } from 'node:os';
import type { ConnectionReport, Report } from '../run/report';
import { escapeXml, tag } from './xml';

/**
 * Writes a report as JUnit XML, a suite for each Region. There is no standard. The two schemas that readers go by are that
 * of Jenkins and that of Ant; this is valid for both.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/tree/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd
 * @see https://github.com/windyroad/JUnit-Schema
 */
export function toJunit(report: Report): string {
  const regions = [...new Set(report.connections.map(({ region }) => region))];
  const suites = regions.flatMap((region, index) => {
    const connections = report.connections.filter((connection) => connection.region === region);
    return suite(region, index, connections, report);
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join('\n');
}

function suite(region: string, id: number, connections: readonly ConnectionReport[], report: Report): string[] {
  const attributes = {
    name: `Glue connections in ${region}`,
    package: 'glue-connection-test',
    id,
    // Ant's schema takes no time zone, and no count of what is skipped.
    timestamp: report.startedAt.slice(0, 19),
    hostname: hostname() || 'localhost',
    tests: connections.length,
    failures: connections.filter(({ outcome }) => outcome === 'FAILED').length,
    errors: 0,
    time: inSeconds(report.durationMs),
  };
  const identity =
    report.identity === null ? [] : [tag('property', { name: 'identity', value: report.identity.arn }, true)];
  return [
    tag('testsuite', attributes),
    '<properties>',
    ...identity,
    '</properties>',
    ...connections.map(testCase),
    '<system-out></system-out>',
    '<system-err></system-err>',
    '</testsuite>',
  ];
}

function testCase({ name, region, outcome, durationMs, failure }: ConnectionReport): string {
  const attributes = { name, classname: `glue.${region}`, time: inSeconds(durationMs) };
  if (outcome === 'PASSED') {
    return tag('testcase', attributes, true);
  }
  const message = failure === null ? 'The run was interrupted.' : `${failure.category}: ${failure.message}`;
  const body =
    outcome === 'FAILED' && failure !== null
      ? `${tag('failure', { type: failure.category, message })}${escapeXml(failure.text)}</failure>`
      : tag('skipped', { message }, true);
  return `${tag('testcase', attributes)}${body}</testcase>`;
}

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}
