import * as fc from 'fast-check';
import { AnyProgram, Choice, choices } from './any-program';
import { Findings } from '../../lib';
import { covers } from '../../lib/private/names';
import type { Manifest } from '../util';

// whatever patterns an app has, with whatever options

function programOf(chosen: readonly Choice[]): AnyProgram {
  const program = new AnyProgram();
  chosen.forEach((choice, index) => program.add(index, choice));
  return program;
}

/** Everything of a kind that a property leads to. */
function all(value: unknown, key: string): any[] {
  if (Array.isArray(value)) {
    return value.flatMap(item => all(item, key));
  }
  return typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([name, inner]) => [...name === key ? [inner] : [], ...all(inner, key)]);
}

const of = (manifests: readonly Manifest[], kind: string) => manifests.filter(manifest => manifest.kind === kind);

test('every destination, of copies too, is a service, an entry or a subset of the app', () => {
  fc.assert(fc.property(choices, chosen => {
    const { manifests } = programOf(chosen);
    const services = of(manifests, 'Service').map(({ metadata }) => `${metadata.name}.shop.svc.cluster.local`);
    const hosts = new Set([...services, ...of(manifests, 'ServiceEntry').flatMap(({ spec }) => spec.hosts)]);
    const subsets = new Set(of(manifests, 'DestinationRule').flatMap(({ spec }) => (spec.subsets ?? []).map(({ name }: any) => `${spec.host} ${name}`)));
    const destinations = of(manifests, 'VirtualService').flatMap(({ spec }) => [...all(spec, 'destination'), ...all(spec, 'mirror')]);
    expect(destinations.filter(({ host, subset }) => !hosts.has(host) || (subset !== undefined && !subsets.has(`${host} ${subset}`)))).toEqual([]);
  }), { numRuns: 15 });
});

test('every gateway that routes are bound to is one of the app, which covers their hosts; every delegate is one of the app', () => {
  fc.assert(fc.property(choices, chosen => {
    const { manifests } = programOf(chosen);
    const gateways = new Map(of(manifests, 'Gateway').map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec.servers.flatMap(({ hosts }: any) => hosts) as string[]]));
    for (const { spec } of of(manifests, 'VirtualService')) {
      for (const gateway of (spec.gateways ?? []).filter((name: string) => name !== 'mesh')) {
        expect(spec.hosts.filter((host: string) => gateways.get(gateway)?.some(server => covers(server, host)) !== true)).toEqual([]);
      }
      for (const { name, namespace } of all(spec, 'delegate')) {
        const found = of(manifests, 'VirtualService').filter(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
        expect(found.map(delegate => delegate.spec.hosts)).toEqual([undefined]);
      }
    }
  }), { numRuns: 15 });
});

test('no virtual service has two equal matches', () => {
  fc.assert(fc.property(choices, chosen => {
    for (const { spec } of of(programOf(chosen).manifests, 'VirtualService')) {
      const matches = ['http', 'tls', 'tcp'].map(section => (spec[section] ?? []).flatMap(({ match }: any) => match ?? [{}]).map((match: any) => JSON.stringify(match)));
      matches.forEach(section => expect(new Set(section).size).toBe(section.length));
    }
  }), { numRuns: 15 });
});

test('nothing is found by the checks', () => {
  fc.assert(fc.property(choices, chosen => {
    expect(Findings.of(programOf(chosen).chart.node.root).map(({ code, constructPath, message }) => `${code} ${constructPath} ${message}`)).toEqual([]);
  }), { numRuns: 15 });
});
