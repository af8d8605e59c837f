import { isIP } from 'net';
import * as fc from 'fast-check';
import { isAddress, isAddressOrRange, isSocketPath } from '../../../../lib/checks/webhook/primitives/addresses';

test.each([
  ['1.2.3.4', true], ['255.255.255.255', true], ['0.0.0.0', true], ['1.2.3', false], ['1.2.3.4.5', false], ['01.2.3.4', false], ['1.2.3.256', false], ['1.2.3.4 ', false],
  ['1.2.3.', false], ['.1.2.3', false], ['1..2.3', false], ['1.2.3.4\n', false], ['1.2.3.4%eth0', false],
  ['::', true], ['::1', true], ['1::', true], ['1:2:3:4:5:6:7:8', true], ['2001:DB8::ff', true], ['1:2:3:4:5:6:7::', true], ['::2:3:4:5:6:7:8', true],
  ['::1.2.3.4', true], ['::ffff:1.2.3.4', true], ['1:2:3:4:5:6:1.2.3.4', true], ['::1:2:3:4:5:1.2.3.4', true],
  [':', false], [':::', false], ['1:::2', false], ['1::2::3', false], [':1', false], ['1:', false], ['::1:', false], ['1:2:3:4:5:6:7', false], ['1:2:3:4:5:6:7:8:9', false],
  ['1:2:3:4:5:6:7:8::', false], ['1::2:3:4:5:6:7:8', false], ['12345::', false], ['g::', false], ['::1.2.3', false], ['::1.2.3.4:5', false], ['1.2.3.4::', false],
  ['::1:2:3:4:5:6:1.2.3.4', false], ['1:2:3:4:5:6:7:1.2.3.4', false], ['::01.2.3.4', false],
  ['::1%eth0', true], ['::1%', false], ['fe80::1%a b/c', true], ['fe80::1.2.3.4%eth0', true], ['%1', false], ['a%::1', false],
  ['', false], ['localhost', false], ['[::1]', false], ['1.2.3.4/8', false], ['::/0', false],
])('%j is an address: %s', (text, expected) => {
  expect(isAddress(text)).toBe(expected);
});

test('without zones, addresses are what Node takes for them', () => {
  const part = fc.constantFrom('0', '1', 'ff', '255', '256', ':', '::', '.', ':1', '1:', '.1', '1.2.3.4', 'g', '00001');
  fc.assert(fc.property(fc.array(part, { maxLength: 12 }).map(parts => parts.join('')), text => {
    expect(isAddress(text)).toBe(isIP(text) !== 0);
  }), { numRuns: 2000 });
});

test.each([
  ['10.0.0.1', true], ['10.1.2.3/8', true], ['10.0.0.0/0', true], ['10.0.0.0/32', true], ['10.0.0.0/33', false], ['10.0.0.0/08', false], ['10.0.0.0/+8', false],
  ['10.0.0.0/', false], ['10.0.0.0/-0', false], ['10.0.0.0/ 8', false], ['10.0.0.0/8/8', false], ['/8', false], ['a/8', false], ['::/0', true], ['::1/128', true], ['::1/129', false],
  ['::ffff:1.2.3.4/128', true], ['::1%eth0', true], ['::1%eth0/64', false], ['fe80::1%a/b/c', true],
])('%j is an address or a range: %s', (text, expected) => {
  expect(isAddressOrRange(text)).toBe(expected);
});

test.each([
  ['/run/a.sock', true], ['@a', true], ['@', true], ['', false], ['/', false], ['/a/', false], ['a', false], ['/a//b', true],
])('%j is the path of a socket: %s', (path, expected) => {
  expect(isSocketPath(path)).toBe(expected);
});
