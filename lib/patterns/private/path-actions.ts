import { IConstruct } from 'constructs';
import type { HttpAction, HttpForwardOptions } from '../../http-action';
import type { Rewrite } from '../../rewrite';
import type { PathDefaults } from '../path-options';
import type { PathEntry } from './path-entry';

const OPTIONS = ['timeout', 'retries', 'corsPolicy'] as const;

/** An action with what its path says, and with what is said of all paths where neither says it. */
export function withOptions(
  scope: IConstruct, action: HttpAction, entry: PathEntry, defaults: PathDefaults, rewrite: Rewrite | undefined,
): HttpAction {
  const route = action._toHttpRoute(scope);
  const forwards = route.redirect === undefined && route.directResponse === undefined;
  if (rewrite !== undefined && action._isDelegation()) {
    throw new Error('a delegation takes no rewrite, because the matches of the other routes decide which part of the path it would replace, rewrite there');
  }
  const given: HttpForwardOptions = { ...definedOf(entry.forward), ...rewrite && { rewrite } };
  const open = forwards && !entry.isLeft ? OPTIONS.filter(name => entry.forward[name] === undefined && route[name] === undefined) : [];
  const usual = Object.fromEntries(open.map(name => [name, defaults[name]]));
  const options = { ...definedOf(usual), ...given };
  return Object.keys(options).length === 0 ? action : action.withOptions(options);
}

export function hasCorsPolicy(scope: IConstruct, action: HttpAction): boolean {
  return action._toHttpRoute(scope).corsPolicy !== undefined;
}

function definedOf<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, option]) => option !== undefined)) as Partial<T>;
}
