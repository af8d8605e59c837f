import { integer, renderFields, renderSomeFields } from '../../lib/private/render-fields';
import { checkText } from '../../lib/private/validation';

interface Limits {
  readonly count?: number;
  readonly note?: string;
}

const LIMITS = { count: integer({ min: 0, max: 9 }), note: checkText };

function render(struct: object): object {
  return renderFields<Limits, typeof LIMITS>('limits', struct, LIMITS);
}

class LimitsOfAccessors {
  private readonly hidden = undefined;

  public get count(): number | undefined {
    return this.hidden ?? 3;
  }
}

describe('a struct is rendered', () => {
  test.each([
    ['with the fields that are given', { note: 'a' }, { note: 'a' }],
    ['without those that are undefined, known or not', { count: undefined, note: '', other: undefined }, { note: '' }],
    ['where a class reads its fields by accessors', new LimitsOfAccessors(), { count: 3 }],
    ['where fields are inherited', Object.create({ count: 3 }), { count: 3 }],
    ['where it has no prototype', Object.assign(Object.create(null), { count: 3 }), { count: 3 }],
    ['where it is frozen', Object.freeze({ count: 3 }), { count: 3 }],
  ])('%s', (_title, struct, expected) => {
    expect(render(struct)).toEqual(expected);
  });

  test('as a copy', () => {
    const struct = { count: 3 };
    const rendered = render(struct);
    struct.count = 4;
    expect(rendered).toEqual({ count: 3 });
  });

  test('with the same message within a place of its own', () => {
    expect(() => renderFields<Limits, typeof LIMITS>('[app] limits', { count: 10 }, LIMITS, '[app] ')).toThrow(/^\[app\] count must be an integer from 0 to 9, got 10$/);
  });
});

describe('a struct is refused', () => {
  test.each([
    ['with a field that it does not have', { cuont: 3 }, "limits has no property 'cuont', known properties: count, note"],
    ['with a field of a class that it does not have', Object.assign(new LimitsOfAccessors(), { cuont: 3 }), "limits has no property 'cuont'"],
    ['with a field named as a method of all objects', { toString: 'a' }, "limits has no property 'toString'"],
    ['with the field __proto__, as JSON gives it', JSON.parse('{ "__proto__": { "count": 3 } }'), "limits has no property '__proto__'"],
    ['with null in place of a value', { count: null }, 'limits.count must be an integer from 0 to 9, got null'],
    ['with a wrong value behind an accessor', { get count() { return 10; } }, 'limits.count must be an integer from 0 to 9, got 10'],
    ['when it is a list', [], 'limits must be an object'],
    ['when it is a map', new Map([['count', 3]]), 'limits must be an object'],
    ['when it is null', null, 'limits must be an object, got null'],
  ])('%s', (_title, struct, message) => {
    expect(() => render(struct)).toThrow(message);
  });

  test('without changing what objects inherit', () => {
    expect(() => render(JSON.parse('{ "__proto__": { "polluted": true } }'))).toThrow();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a struct that must say something', () => {
  const renderSome = (struct: object) => renderSomeFields<Limits, typeof LIMITS>('limits', struct, LIMITS);

  test.each([
    ['an empty one', {}],
    ['one with undefined alone', { count: undefined }],
    ['one of a class without values', new (class Empty {})()],
  ])('is not %s', (_title, struct) => {
    expect(() => renderSome(struct)).toThrow('limits must set at least one of count, note');
  });

  test('is one with a value that is falsy', () => {
    expect(renderSome({ count: 0 })).toEqual({ count: 0 });
  });
});
