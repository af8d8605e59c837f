/** What jest asks of a matcher. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

type Matcher = (received: unknown, ...expected: readonly unknown[]) => MatcherResult;

/** The matchers, by the names that they have behind `expect()`, and what each of them asks of an answer. */
const METHODS: { readonly [matcher: string]: string } = {
  toGoTo: 'goesTo',
  toAvoid: 'avoids',
  toPassThrough: 'passesThrough',
  toBeRedirectedTo: 'isRedirectedTo',
  toBeAnsweredWith: 'isAnsweredWith',
  toBeNotFound: 'isNotFound',
  toBeRefused: 'isRefused',
  toBeUnreachable: 'isUnreachable',
  toBeRoutedBy: 'isRoutedBy',
  toHaveTimeout: 'hasTimeout',
  toHaveRetries: 'hasRetries',
  toBeDelayedBy: 'isDelayedBy',
  toBeAbortedWith: 'isAbortedWith',
  toBeMirroredTo: 'isMirroredTo',
  toHashBy: 'hashesBy',
  toSendUpstream: 'upstreamSees',
  toSendClient: 'clientSees',
};

/** The matchers for answers of the simulation, as `expect.extend()` takes them. */
export const trafficMatchers: { readonly [name: string]: Matcher } =
  Object.fromEntries(Object.entries(METHODS).map(([name, method]) => [name, matcherFor(name, method)]));

function matcherFor(name: string, method: string): Matcher {
  return (received, ...expected) => {
    const check = (received as { readonly [method: string]: unknown } | null | undefined)?.[method];
    if (typeof check !== 'function') {
      throw new Error(`${name}() needs an answer, such as Traffic.of(app).from(client).get(url)${
        typeof received === 'object' && received !== null ? `, or a value that can say ${method}(), got one of class ${received.constructor?.name}` : ''}`);
    }
    try {
      check.apply(received, expected);
    } catch (error) {
      const { message } = error as Error;
      // anything else is a wrong question, which is not a no
      if (!message.startsWith('expected: ')) {
        throw error;
      }
      return { pass: false, message: () => message };
    }
    return { pass: true, message: () => `expected: not ${method}()\n\n${textOf(received)}` };
  };
}

function textOf(received: unknown): string {
  const { toText } = received as { readonly toText?: () => string };
  return toText === undefined ? 'it is so for every request' : toText.call(received);
}

/** Gives jest the matchers, where there is one. */
export function extendExpect(): void {
  const { expect } = globalThis as { readonly expect?: { readonly extend?: (matchers: typeof trafficMatchers) => void } };
  expect?.extend?.(trafficMatchers);
}
