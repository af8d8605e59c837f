import { codeOf, publicNames, taskPages, undocumentedNames } from './documented-names';

/** What need not be on a page, by the reason. */
const LEFT_OUT: { readonly [reason: string]: RegExp } = {
  'the names that gRPC itself gives its statuses, of which a page shows one': /^GrpcStatus\./,
  'the names of HTTP methods, of which a page shows some': /^HttpMethod\.(HEAD|DELETE|CONNECT|TRACE)$/,
};

describe('the pages about tasks', () => {
  const pages = taskPages();

  test.each([
    ['the typed API', 'lib', 500],
    ['the patterns', 'lib/patterns', 250],
  ])('say each name of %s', (_title, folder, least) => {
    const names = publicNames(folder);
    expect(names.length).toBeGreaterThan(least);
    expect(undocumentedNames(names, pages).filter(title => !Object.values(LEFT_OUT).some(leftOut => leftOut.test(title)))).toEqual([]);
  });

  test('leave out no name that they say', () => {
    const missing = undocumentedNames(publicNames('lib'), pages);
    expect(Object.keys(LEFT_OUT).filter(reason => !missing.some(title => LEFT_OUT[reason].test(title)))).toEqual([]);
  });
});

describe('a name is said', () => {
  const retry = [{ title: 'RetryOn.RESET', name: 'RESET', owner: 'RetryOn' }];

  test.each([
    ['in a program', '```ts\nuse(RetryOn.RESET);\n```', []],
    ['between backquotes', 'Use `RetryOn.RESET`.', []],
    ['beside its class, as in a table', '| `RetryOn.GATEWAY_ERROR`, `RESET` |', []],
    ['not in the YAML, which is generated', '```yaml\nretryOn: RetryOn.RESET\n```', ['RetryOn.RESET']],
    ['not in prose', 'The RESET of RetryOn', ['RetryOn.RESET']],
    ['not without its class', 'Use `RESET`.', ['RetryOn.RESET']],
  ])('%s', (_title, page, missing) => {
    expect(undocumentedNames(retry, [page])).toEqual(missing);
  });

  test('where code of several lines is between', () => {
    expect(codeOf('`a`\n```ts\nb\n```\n`c`')).toBe('b\n\na\nc');
  });
});
