import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { isAddressOrRange, isUnixSocket } from '../../lib/private/addresses';
import { describe as shown } from '../../lib/private/describe';
import { checkInteger, checkList, checkPercent, checkPort, checkStruct, checkUnique, renderDuration, renderDurationOrZero } from '../../lib/private/validation';

test('a port is an integer from 1 to 65535', () => {
  fc.assert(fc.property(fc.oneof(fc.integer({ min: -10, max: 70000 }), fc.double()), port => {
    const valid = Number.isInteger(port) && port >= 1 && port <= 65535;
    valid ? expect(checkPort('port', port)).toBe(port) : expect(() => checkPort('port', port)).toThrow('port must be an integer from 1 to 65535, got ');
  }));
});

test('a percentage is a number from 0 to 100', () => {
  fc.assert(fc.property(fc.oneof(fc.double({ min: -1, max: 101 }), fc.constantFrom(0, 100, NaN, Infinity)), percent => {
    const valid = percent >= 0 && percent <= 100;
    valid ? expect(checkPercent('percent', percent)).toBe(percent) : expect(() => checkPercent('percent', percent)).toThrow('percent must be a number from 0 to 100, got ');
  }));
});

test('a duration keeps its length: whole seconds in seconds, others in milliseconds', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), milliseconds => {
    const text = renderDuration('timeout', Duration.millis(milliseconds));
    const [, amount, unit] = /^(\d+)(ms|s)$/.exec(text)!;
    expect(Number(amount) * (unit === 's' ? 1000 : 1)).toBe(milliseconds);
    expect(unit === 's').toBe(milliseconds % 1000 === 0);
  }));
});

test.each([
  [Duration.millis(0), 'timeout must be a whole number of milliseconds, at least 1, got 0 ms'],
  [Duration.seconds(0.0005), 'timeout must be a whole number of milliseconds, at least 1, got 0.5 ms'],
  [Duration.seconds(9223372036), 'timeout must be at most 9223372035 seconds, got 9223372036'],
  [Duration.seconds(1e21), 'timeout must be at most 9223372035 seconds, got 1e+21'],
  ['5s', "timeout must be made by Duration, such as Duration.seconds(5), got '5s'"],
  [5, 'timeout must be made by Duration, such as Duration.seconds(5), got 5'],
])('%# a duration that Istio does not take fails', (duration, message) => {
  expect(() => renderDuration('timeout', duration as never)).toThrow(message);
});

test('a duration that was left out stays left out, and a field may allow zero', () => {
  expect(renderDuration('timeout', undefined)).toBeUndefined();
  expect(renderDurationOrZero('idleTimeout', Duration.seconds(0))).toBe('0s');
});

test('only plain integers are integers', () => {
  for (const wrong of ['1', NaN, Infinity, 1.5, null, {}, [], true, 10n]) {
    expect(() => checkInteger('n', wrong as never)).toThrow('n must be an integer, got ');
  }
  expect(checkInteger('n', undefined)).toBeUndefined();
});

test('a list has no holes', () => {
  // eslint-disable-next-line no-sparse-arrays
  expect(() => checkList('list', ['a', , 'b'] as never, (_, item) => item)).toThrow('list[1] must not be undefined, leave the item out');
  expect(() => checkList('list', [null], (_, item) => item)).toThrow('list[0] must not be null, leave the item out');
});

test('a struct has only known properties, and undefined stands for left out', () => {
  expect(() => checkStruct('options', { a: 1, c: 2 } as { a: number }, ['a'])).toThrow("options has no property 'c', known properties: a");
  expect(checkStruct('options', { a: 1, c: undefined } as { a: number }, ['a'])).toEqual({ a: 1 });
  expect(() => checkStruct('options', 'a' as never, [])).toThrow("options must be an object, got 'a'");
  expect(() => checkStruct('options', new Date(0), [])).toThrow('options must be an object, got a value of class Date');
});

test('the second of two equal texts is named with the first', () => {
  expect(() => checkUnique('names', ['a', 'b', 'a'])).toThrow("names[2] 'a' repeats names[0]");
});

test('a value is shown short, and never as [object Object]', () => {
  fc.assert(fc.property(fc.anything(), value => {
    const text = shown(value);
    expect(text).not.toContain('[object');
    expect(text.length).toBeLessThan(1000);
  }));
  expect(shown('x'.repeat(1000))).toBe(`'${'x'.repeat(80)}…' (1000 characters)`);
  expect([shown({}), shown([]), shown(null), shown({ a: 1 }), shown(new Map())])
    .toEqual(['an empty object', 'an empty list', 'null', 'an object with a', 'a value of class Map']);
});

test.each([
  ['10.0.0.1', true], ['10.0.0.0/8', true], ['10.1.2.3/8', true], ['::1', true], ['2001:db8::/32', true], ['::1%eth0', true], ['::1%eth0/64', false],
  ['10.0.0.0/33', false], ['10.0.0.0/08', false], ['10.0.0.0/', false], ['10.0.0', false], ['010.0.0.1', false], ['a', false], ['', false], ['1.2.3.4/8/8', false],
])('%s as an address or range: %s', (text, expected) => {
  expect(isAddressOrRange(text)).toBe(expected);
});

test.each([
  ['unix:///run/app.sock', true], ['unix://@app', true], ['unix:///', false], ['unix:///run/', false], ['unix://run', false], ['/run/app', false],
])('%s as a Unix domain socket: %s', (text, expected) => {
  expect(isUnixSocket(text)).toBe(expected);
});
