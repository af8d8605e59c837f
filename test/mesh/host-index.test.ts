import * as fc from 'fast-check';
import { HostIndex } from '../../lib/mesh/host-index';
import { compareBySpecificity } from '../../lib/mesh/names';
import { covers, hostsOverlap } from '../../lib/private/names';

const label = fc.constantFrom('a', 'b', 'aa', 'ba');
const host = fc.tuple(fc.constantFrom('', '', '*', '*.', '*a', '*-a.'), fc.array(label, { minLength: 1, maxLength: 3 }))
  .map(([start, labels]) => start === '*' ? '*' : start + labels.join('.'));

function indexOf(hosts: readonly string[]): HostIndex<string> {
  const index = new HostIndex<string>();
  hosts.forEach(item => index.set(item, `value of ${item}`));
  return index;
}

function check(judge: (hosts: readonly string[], wanted: string, index: HostIndex<string>) => void): void {
  fc.assert(fc.property(fc.uniqueArray(host, { maxLength: 15 }), host, (hosts, wanted) => judge(hosts, wanted, indexOf(hosts))));
}

test('the hosts that cover a host are those that looking at each finds, the most specific first', () => {
  check((hosts, wanted, index) => {
    expect([...index.covering(wanted)].map(entry => entry.host)).toEqual(hosts.filter(item => covers(item, wanted)).sort(compareBySpecificity));
  });
});

test('the most specific host is the first that covers', () => {
  check((_, wanted, index) => {
    expect(index.mostSpecific(wanted)).toEqual([...index.covering(wanted)][0]);
  });
});

test('the hosts under a wildcard are those that looking at each finds', () => {
  check((hosts, wanted, index) => {
    const wildcard = wanted.startsWith('*') ? wanted : `*.${wanted}`;
    expect([...index.under(wildcard)].map(entry => entry.host).sort()).toEqual(hosts.filter(item => covers(wildcard, item)).sort());
  });
});

test('the hosts that share a name with a host are those that looking at each finds, each once', () => {
  check((hosts, wanted, index) => {
    const overlapping = hosts.filter(item => hostsOverlap(item, wanted)).sort();
    expect([...index.overlapping(wanted)].map(entry => entry.host).sort()).toEqual(overlapping);
    expect(index.overlaps(wanted)).toBe(overlapping.length > 0);
  });
});

test('what is set later counts', () => {
  const index = indexOf(['*.a']);
  expect(index.mostSpecific('b.a')?.host).toBe('*.a');
  index.set('*.b.a', 'more');
  index.set('b.a', 'exact');
  expect([index.mostSpecific('c.b.a')?.host, index.mostSpecific('b.a')?.value, [...index.under('*.a')].length, index.size]).toEqual(['*.b.a', 'exact', 3, 3]);
});

test.each([
  ['a.x.com', '*.x.com'],
  ['.x.com', '*'],
  ['x.com', '*'],
  ['exact.x.com', 'exact.x.com'],
  ['other.org', '*'],
  ['', '*'],
])('as a domain, %p is found under %p', (name, domain) => {
  expect(indexOf(['*.x.com', 'exact.x.com', '*']).mostSpecificDomain(name)?.host).toBe(domain);
});
