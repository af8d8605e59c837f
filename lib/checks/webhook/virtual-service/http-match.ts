import type { HttpMatch, StringMatch } from '../../../mesh/specs';
import type { Report } from '../finding';
import { got } from '../got';
import { isDnsLabel, LABEL_FORM } from '../primitives/dns';
import { checkGatewayReferences } from '../primitives/gateway-references';
import { checkMatchHeaderName } from '../primitives/header-names';
import { checkLabels } from '../primitives/label-map';
import { checkPortUnlessZero } from '../primitives/numbers';
import { checkRegex } from '../primitives/regex';
import { checkStringMatch, checkStringMatchItem } from '../primitives/string-match';

export function checkHttpMatches(report: Report, matches: readonly HttpMatch[] | undefined): void {
  matches?.forEach((match, index) => {
    const mark = report.mark;
    checkHttpMatch(report, match);
    report.underItem(mark, 'match', index);
  });
}

function checkHttpMatch(report: Report, match: HttpMatch): void {
  checkUri(report, match.uri);
  checkStringMatch(report, 'VS17', 'scheme', match.scheme);
  checkStringMatch(report, 'VS17', 'method', match.method);
  checkStringMatch(report, 'VS17', 'authority', match.authority);
  for (const name in match.headers) {
    checkMatchHeaderName(report, 'VS15', 'headers', name);
    checkMapMatch(report, 'VS15', 'headers', name, match.headers[name]!);
  }
  for (const name in match.withoutHeaders) {
    checkMatchHeaderName(report, 'VS16', 'withoutHeaders', name);
    // here a star stands for any value
    if (match.withoutHeaders[name]!.regex !== '*') {
      checkMapMatch(report, 'VS16', 'withoutHeaders', name, match.withoutHeaders[name]!);
    }
  }
  for (const name in match.queryParams) {
    checkMapMatch(report, 'VS17', 'queryParams', name, match.queryParams[name]!);
  }
  checkPortUnlessZero(report, 'VS18', '.port', match.port);
  checkLabels(report, 'VS18', 'sourceLabels', match.sourceLabels);
  checkGatewayReferences(report, 'VS18', match.gateways, { withoutWarnings: true });
  if (match.sourceNamespace !== undefined && match.sourceNamespace !== '' && !isDnsLabel(match.sourceNamespace)) {
    report.error('VS18', '.sourceNamespace', `must be a namespace (${LABEL_FORM})${got(match.sourceNamespace)}`, { value: match.sourceNamespace });
  }
}

/** An empty prefix is allowed here, and matches every path. */
function checkUri(report: Report, uri: StringMatch | undefined): void {
  if (uri?.regex !== undefined) {
    checkRegex(report, 'VS17', '.uri.regex', uri.regex);
  }
}

function checkMapMatch(report: Report, rule: string, field: string, name: string, match: StringMatch): void {
  const mark = report.mark;
  checkStringMatchItem(report, rule, match);
  report.underKey(mark, field, name);
}
