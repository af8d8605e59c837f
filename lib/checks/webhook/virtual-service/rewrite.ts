import type { HttpRule } from '../../../mesh/specs';
import type { Report } from '../finding';
import { checkRegex } from '../primitives/regex';

type Rewrite = NonNullable<HttpRule['rewrite']>;

export function checkRewrite(report: Report, rewrite: Rewrite | undefined): void {
  if (rewrite === undefined) {
    return;
  }
  const mark = report.mark;
  const { uri = '', authority = '', uriRegexRewrite: regex } = rewrite;
  if (uri !== '' && regex !== undefined) {
    report.error('VS27', '', 'must have uri or uriRegexRewrite, not both');
  }
  if (uri === '' && authority === '' && regex === undefined) {
    report.error('VS27', '', 'must change something: uri, uriRegexRewrite or authority');
  }
  if (regex !== undefined) {
    for (const field of ['match', 'rewrite'] as const) {
      if ((regex[field] ?? '') === '') {
        report.error('VS27', `.uriRegexRewrite.${field}`, 'must not be empty', { value: regex[field] });
      }
    }
    if ((regex.match ?? '') !== '') {
      checkRegex(report, 'VS27', '.uriRegexRewrite.match', regex.match!);
    }
  }
  report.under(mark, 'rewrite');
}
