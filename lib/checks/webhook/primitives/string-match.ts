import type { StringMatch } from '../../../mesh/specs';
import type { Report } from '../finding';
import { checkRegex } from './regex';

/** A match of a text. One that says nothing matches everything. */
export function checkStringMatch(report: Report, rule: string, field: string, match: StringMatch | undefined): void {
  if (match === undefined) {
    return;
  }
  const mark = report.mark;
  checkStringMatchItem(report, rule, match);
  report.under(mark, field);
}

/** The same for a match whose place the caller puts in front. */
export function checkStringMatchItem(report: Report, rule: string, match: StringMatch): void {
  if (match.prefix === '') {
    report.error(rule, '.prefix', 'must not be empty', { value: '', fix: "leave the match out, or write regex '.*', to match everything" });
  } else if (match.regex !== undefined) {
    checkRegex(report, rule, '.regex', match.regex);
  }
}
