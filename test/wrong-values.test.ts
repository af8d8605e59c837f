import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { destinationRulePrograms } from './fields/destination-rule.fields';
import { gatewayPrograms } from './fields/gateway.fields';
import { serviceEntryPrograms } from './fields/service-entry.fields';
import { virtualServicePrograms } from './fields/virtual-service.fields';
import { LIBRARY_VALUES } from './library-values';
import { Change, placesOfLastRun, runChanged } from './recorded-library';
import { manifestsOf, testChart } from './util';
import * as library from '../lib';

jest.mock('../lib', () => jest.requireActual<typeof import('./recorded-library')>('./recorded-library').recordedLibrary(jest.requireActual<object>('../lib')));

class Other {
  public readonly value = 5;
}

/** What untyped programs hand over by mistake. */
const WRONG: { readonly [name: string]: unknown } = {
  'undefined': undefined,
  'null': null,
  'NaN': NaN,
  'a negative number': -1,
  'a fraction': 1.5,
  'zero': 0,
  'Infinity': Infinity,
  'a number beyond the integers': 2 ** 53,
  'a bigint': 5n,
  'true': true,
  'an empty text': '',
  'a space': ' ',
  'two lines': 'a\nb: c',
  'a unicode host': 'bücher.example',
  'a very long text': 'a'.repeat(5000),
  'a number as text': '5',
  'a text object': new String('a'),
  '__proto__': '__proto__',
  'an empty object': {},
  'an object without prototype': Object.create(null),
  'an object with a __proto__ key': JSON.parse('{"__proto__":{"a":1}}'),
  'an object with undefined': { a: undefined },
  'an unknown object': { a: 1 },
  'an empty list': [],
  'a list with undefined': [undefined],
  'a list with null': [null],
  'a list of lists': [[]],
  'a sparse list': Object.assign([], { 2: 'a' }),
  'a symbol': Symbol('a'),
  'a function': () => 1,
  'a class': Other,
  'an object of another class': new Other(),
  'a date': new Date(0),
  'a regular expression': /a/,
  'a map': new Map([['a', 1]]),
  'a set': new Set([1]),
  'a promise': Promise.resolve('a'),
  ...LIBRARY_VALUES,
};

const CHANGES: { readonly [name: string]: Change['apply'] } = {
  ...Object.fromEntries(Object.entries(WRONG).map(([name, value]) => [name, (holder: { [key: string]: unknown }, key: string) => {
    holder[key] = value;
  }])),
  'nothing': (holder, key) => {
    delete holder[key];
  },
  'a misspelt neighbour': (holder, key) => {
    holder.mispelt = holder[key];
  },
  'a neighbour without a name': (holder, key) => {
    holder[''] = holder[key];
  },
  'a neighbour called constructor': (holder, key) => {
    Object.defineProperty(holder, 'constructor', { value: holder[key], enumerable: true });
  },
};

/** What no manifest may contain, unless it did before the change. */
const ODD = [/\[object/, /undefined/, /NaN/, /Infinity/, /: \{\}/, /: \[\]/, /- \{\}/, /\bnull\b/, /=>/];

/** What JavaScript says when nobody has looked at a value. */
const UNCHECKED = /Cannot (read|convert)|is not a function|is not iterable|\[object|Failed serializing/;

const PROGRAMS = {
  Gateway: gatewayPrograms,
  VirtualService: virtualServicePrograms,
  DestinationRule: destinationRulePrograms,
  ServiceEntry: serviceEntryPrograms,
};

/** What implementations of one interface are told by. */
const INTERFACES = ['toDestinationConfig', 'toGatewayConfig', 'toDelegateRoutesConfig', 'toHttpTargetConfig'];

function isAlike(value: object, other: object): boolean {
  return value.constructor.name === other.constructor.name || INTERFACES.some(method => method in value && method in other);
}

function isLibraryValue(value: unknown): value is object {
  return typeof value === 'object' && value !== null && (value.constructor.name in LIBRARY_VALUES || INTERFACES.some(method => method in value));
}

test.each(Object.entries(PROGRAMS))('wrong values of a %s are refused in words, or written as they were given', (_, program) => {
  const run = () => {
    const chart = testChart();
    program(chart);
    return Yaml.stringify(...manifestsOf(chart));
  };
  const count = (text: string, pattern: RegExp) => text.split(pattern).length;
  const expected = runChanged(run);
  const places = placesOfLastRun();
  expect(places.length).toBeGreaterThan(15);
  fc.assert(fc.property(fc.constantFrom(...places), fc.constantFrom(...Object.keys(CHANGES)), (place, name) => {
    let yaml = expected;
    try {
      yaml = runChanged(run, { ...place, apply: CHANGES[name] });
    } catch (error) {
      expect((error as Error).constructor).toBe(Error);
      expect((error as Error).message).not.toMatch(UNCHECKED);
    }
    expect(ODD.filter(pattern => count(yaml, pattern) > count(expected, pattern))).toEqual([]);
  }), { numRuns: 60 });
});

test.each(Object.entries(PROGRAMS))('a value of another class of the library is refused in a %s', (_, program) => {
  const run = () => {
    const chart = testChart();
    program(chart);
    return manifestsOf(chart);
  };
  runChanged(run);
  const places = placesOfLastRun().filter(place => isLibraryValue(place.value));
  expect(places.length).toBeGreaterThan(1);
  fc.assert(fc.property(fc.constantFrom(...places), fc.constantFrom(...Object.values(LIBRARY_VALUES)), (place, other) => {
    fc.pre(!isAlike(place.value as object, other));
    const key = place.path[place.path.length - 1];
    expect(() => runChanged(run, { ...place, apply: CHANGES[other.constructor.name] })).toThrow(new RegExp(`${/^\d+$/.test(key) ? '' : key}.* got `));
  }), { numRuns: 60 });
});

test('every class of which programs make values is among them', () => {
  const classes = Object.entries(library).filter(([, member]) => typeof member === 'function').map(([name]) => name);
  // abstract ones, those with nothing but static methods, and answers
  const others = ['Checks', 'EveryRequest', 'Findings', 'Release', 'Resource', 'StagedSynth', 'Traffic', 'TrafficAnswer', 'TrafficDecision'];
  expect(classes.filter(name => !(name in LIBRARY_VALUES)).sort()).toEqual(others);
});
