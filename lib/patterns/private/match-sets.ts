import type { VirtualServiceSpecHttpMatchUri } from '../../../imports/networking.istio.io';
import type { HttpMatch } from '../../http-route';
import { describe } from '../../private/describe';
import type { Wire } from '../../private/wire';
import { HeaderMatch } from '../../string-match';
import type { StringMatch } from '../../string-match';

// a match as the set of requests that it takes, for the fields that audiences are made of

type Text = Wire<VirtualServiceSpecHttpMatchUri>;
interface Named<T> { readonly [name: string]: T }

/** Whether the first match certainly takes every request that the second one takes. */
export function matchCovers(match: HttpMatch, other: HttpMatch): boolean {
  return Object.entries(match.headers ?? {}).every(([name, header]) => headerCovers(header, other.headers?.[name]))
    && Object.entries(match.queryParams ?? {}).every(([name, text]) => textCovers(text._toStringMatch(), other.queryParams?.[name]?._toStringMatch()))
    && (match.queryParamsPresent ?? []).every(name => other.queryParams?.[name] !== undefined || other.queryParamsPresent?.includes(name))
    && Object.entries(match.sourceLabels ?? {}).every(([key, label]) => other.sourceLabels?.[key] === label)
    && (match.sourceNamespace === undefined || match.sourceNamespace === other.sourceNamespace);
}

function headerCovers(header: HeaderMatch, other: HeaderMatch | undefined): boolean {
  const [condition, exclusion] = [header._toHeader(), header._toWithoutHeader()];
  return (condition === undefined || textCovers(condition, other?._toHeader()))
    && (exclusion === undefined || exclusionCovers(exclusion, other));
}

/** A text is excluded for the other one too: by the same exclusion, or because the other one asks for a text that is not excluded here. */
function exclusionCovers(exclusion: Text, other: HeaderMatch | undefined): boolean {
  const otherExclusion = other?._toWithoutHeader();
  const asked = other?._toHeader()?.exact;
  return (otherExclusion !== undefined && isSame(exclusion, otherExclusion))
    || (asked !== undefined && exclusion.exact !== undefined && exclusion.exact !== asked)
    || (asked !== undefined && exclusion.prefix !== undefined && !asked.startsWith(exclusion.prefix));
}

function textCovers(text: Text, other: Text | undefined): boolean {
  if (other === undefined) {
    return false;
  }
  const start = other.exact ?? other.prefix;
  const isPresence = Object.keys(text).length === 0;
  return isPresence || isSame(text, other) || (text.prefix !== undefined && start !== undefined && start.startsWith(text.prefix));
}

function isSame(text: Text, other: Text): boolean {
  return text.exact === other.exact && text.prefix === other.prefix && text.regex === other.regex;
}

/** The match that takes what both take. */
export function uniteMatches(match: HttpMatch, other: HttpMatch): HttpMatch {
  const queryParams = unite('query parameter', match.queryParams, other.queryParams, sameText);
  const present = [...new Set([...match.queryParamsPresent ?? [], ...other.queryParamsPresent ?? []])]
    .filter(name => queryParams === undefined || !Object.hasOwn(queryParams, name));
  return {
    headers: unite('header', match.headers, other.headers, bothHeaders),
    queryParams,
    queryParamsPresent: present.length === 0 ? undefined : present,
    sourceLabels: unite('source label', match.sourceLabels, other.sourceLabels, same),
    sourceNamespace: uniteNamespaces(match.sourceNamespace, other.sourceNamespace),
  };
}

function unite<T>(
  subject: string, some: Named<T> | undefined, others: Named<T> | undefined, both: (a: T, b: T) => T | undefined,
): Named<T> | undefined {
  if (some === undefined || others === undefined) {
    return some ?? others;
  }
  const united = Object.entries(others).map(([name, item]) => {
    const there = Object.hasOwn(some, name) ? some[name] : undefined;
    return [name, there === undefined ? item : both(there, item) ?? refuse(subject, name)];
  });
  return { ...some, ...Object.fromEntries(united) };
}

function uniteNamespaces(some: string | undefined, other: string | undefined): string | undefined {
  return some === undefined || other === undefined ? some ?? other : same(some, other) ?? refuse('source namespace', other);
}

function refuse(subject: string, name: string): never {
  throw new Error(`audiences ask twice for the ${subject} ${describe(name)}, in ways that one match cannot say, find one condition that says both`);
}

function same(some: string, other: string): string | undefined {
  return some === other ? some : undefined;
}

function sameText(some: StringMatch, other: StringMatch): StringMatch | undefined {
  return isSame(some._toStringMatch(), other._toStringMatch()) ? some : undefined;
}

function bothHeaders(some: HeaderMatch, other: HeaderMatch): HeaderMatch | undefined {
  if (headerCovers(some, other)) {
    return other;
  }
  if (headerCovers(other, some)) {
    return some;
  }
  if (isExclusion(some) !== isExclusion(other)) {
    const [condition, exclusion] = isExclusion(some) ? [other, some] : [some, other];
    return isCondition(condition) && isTextual(exclusion) ? HeaderMatch.both(condition, exclusion) : undefined;
  }
  return undefined;
}

function isCondition(header: HeaderMatch): boolean {
  return header._toHeader() !== undefined && header._toWithoutHeader() === undefined;
}

function isExclusion(header: HeaderMatch): boolean {
  return header._toHeader() === undefined;
}

/** Whether an exclusion is of a text: that a header is there and not there cannot be said. */
function isTextual(exclusion: HeaderMatch): boolean {
  return Object.keys(exclusion._toWithoutHeader() ?? {}).length > 0;
}
