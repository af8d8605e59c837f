import type { HttpMatch, StringMatch } from '../../../mesh/specs';

/**
 * Whether every request that one match takes is taken by another too, whatever the request.
 *
 * What cannot be told without asking for concrete requests (two different regular expressions) counts as no.
 */
export function coversMatch(wide: HttpMatch, narrow: HttpMatch): boolean {
  return coversUri(wide, narrow)
    && coversText(wide.method, narrow.method) && coversText(wide.authority, narrow.authority) && coversText(wide.scheme, narrow.scheme)
    && coversTexts(wide.headers, narrow.headers, lowerCase) && coversTexts(wide.queryParams, narrow.queryParams, sameCase)
    && coversAbsences(wide.withoutHeaders, narrow.withoutHeaders)
    && (!wide.port || wide.port === narrow.port)
    && coversSource(wide, narrow);
}

/** Whether a match of paths takes all of them. */
export function takesAnyPath(uri: StringMatch | undefined): boolean {
  return uri === undefined || uri.prefix === '' || uri.prefix === '/' || takesAnyText(uri) || uri.regex === '/.*';
}

function takesAnyText({ exact, prefix, regex }: StringMatch): boolean {
  return exact === undefined && prefix === undefined && (regex === undefined || regex === '' || regex === '.*');
}

function coversUri(wide: HttpMatch, narrow: HttpMatch): boolean {
  if (takesAnyPath(wide.uri)) {
    return true;
  }
  const { uri } = narrow;
  if (uri === undefined) {
    return false;
  }
  if (wide.uri!.regex !== undefined) {
    return wide.uri!.regex === uri.regex;
  }
  // a narrow match that ignores case takes spellings that a wide one which does not would have to know
  if (narrow.ignoreUriCase === true && wide.ignoreUriCase !== true) {
    return false;
  }
  const spell = wide.ignoreUriCase === true ? lowerCase : sameCase;
  return coversPlain(spellOf(wide.uri!, spell), spellOf(uri, spell));
}

function spellOf({ exact, prefix, regex }: StringMatch, spell: (text: string) => string): StringMatch {
  return exact !== undefined ? { exact: spell(exact) } : prefix !== undefined ? { prefix: spell(prefix) } : { regex };
}

function coversText(wide: StringMatch | undefined, narrow: StringMatch | undefined): boolean {
  return wide === undefined || takesAnyText(wide) || (narrow !== undefined && coversPlain(wide, narrow));
}

function coversPlain(wide: StringMatch, narrow: StringMatch): boolean {
  if (wide.exact !== undefined) {
    return narrow.exact === wide.exact;
  }
  if (wide.prefix !== undefined) {
    return (narrow.exact ?? narrow.prefix)?.startsWith(wide.prefix) === true;
  }
  return wide.regex === narrow.regex && wide.regex !== undefined;
}

type StringMatches = { readonly [name: string]: StringMatch | undefined } | undefined;

/** Each header or parameter that the wide match asks for is asked for by the narrow one, as strictly or more. */
function coversTexts(wide: StringMatches, narrow: StringMatches, spell: (name: string) => string): boolean {
  for (const name in wide) {
    const asked = narrow === undefined ? undefined : narrow[name] ?? valueOf(narrow, spell(name), spell);
    const match = wide[name] ?? {};
    // whatever is asked of a header, it has to be there
    if (asked === undefined || !(takesAnyText(match) || coversPlain(match, asked))) {
      return false;
    }
  }
  return true;
}

function coversAbsences(wide: StringMatches, narrow: StringMatches): boolean {
  for (const name in wide) {
    const asked = narrow === undefined ? undefined : narrow[name] ?? valueOf(narrow, lowerCase(name), lowerCase);
    const match = wide[name] ?? {};
    if (asked === undefined || asked.exact !== match.exact || asked.prefix !== match.prefix || asked.regex !== match.regex) {
      return false;
    }
  }
  return true;
}

function valueOf(matches: NonNullable<StringMatches>, name: string, spell: (name: string) => string): StringMatch | undefined {
  const key = Object.keys(matches).find(other => spell(other) === name);
  return key === undefined ? undefined : matches[key];
}

/** Where a match names gateways, Istio does not look at its labels and namespace. */
function coversSource(wide: HttpMatch, narrow: HttpMatch): boolean {
  const { gateways = [], sourceLabels = {}, sourceNamespace } = wide;
  const others = narrow.gateways ?? [];
  if (gateways.length > 0) {
    return others.length > 0 && others.every(gateway => gateways.includes(gateway));
  }
  const hasSource = Object.keys(sourceLabels).length > 0 || !!sourceNamespace;
  return !hasSource || (others.length === 0
    && Object.entries(sourceLabels).every(([key, value]) => narrow.sourceLabels?.[key] === value)
    && (!sourceNamespace || narrow.sourceNamespace === sourceNamespace));
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function sameCase(text: string): string {
  return text;
}
