import type { HttpMatch, HttpRule } from '../../../mesh/specs';
import type { Report } from '../finding';
import { got } from '../got';
import { checkPortUnlessZero } from '../primitives/numbers';

type Redirect = NonNullable<HttpRule['redirect']>;

export function checkRedirect(report: Report, redirect: Redirect | undefined, matches: readonly HttpMatch[] | undefined): void {
  if (redirect === undefined) {
    return;
  }
  const mark = report.mark;
  const { uri = '', prefixRewrite = '', authority = '', scheme = '', redirectCode = 0 } = redirect;
  if (uri !== '' && prefixRewrite !== '') {
    report.error('VS24', '', 'must have uri or prefixRewrite, not both');
  }
  if (prefixRewrite !== '') {
    const other = matches?.findIndex(match => match.uri !== undefined && match.uri.prefix === undefined) ?? -1;
    if (other >= 0) {
      report.error('VS24', '.prefixRewrite', `must have a prefix to rewrite, but match[${other}].uri has none`, { fix: 'match by uri.prefix, or use uri' });
    }
  }
  if (uri === '' && prefixRewrite === '' && authority === '' && scheme === '' && redirect.port === undefined && redirect.derivePort === undefined) {
    report.error('VS24', '', 'must change something: uri, prefixRewrite, authority, scheme, port or derivePort');
  }
  if (redirectCode !== 0 && (redirectCode < 300 || redirectCode > 399)) {
    report.error('VS24', '.redirectCode', `must be 301, 302, 303, 307 or 308, got ${redirectCode}`, { value: redirectCode });
  }
  if (scheme !== '' && scheme !== 'http' && scheme !== 'https') {
    report.error('VS24', '.scheme', `must be http or https${got(scheme)}`, { value: scheme });
  }
  checkPortUnlessZero(report, 'VS24', '.port', redirect.port);
  report.under(mark, 'redirect');
}
