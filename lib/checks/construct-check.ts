import type { IConstruct } from 'constructs';
import { settingsOfApp } from './app-settings';
import { checkManifests, UNWRITTEN } from './check';
import { ConstructManifest, constructManifests } from './construct-manifests';
import { Finding, Severity } from './finding';
import { documentationOf, placeOf } from './place';
import { BEGINNING } from './unwritten-object';
import { isHandleKeeper } from '../private/broken-handles';

/** What is wrong with the objects of an app. */
export interface ConstructCheck {
  readonly manifests: readonly ConstructManifest[];
  readonly findings: readonly Finding[];
}

/** Checks all objects of an app, each by itself and all together. */
export function checkConstructs(root: IConstruct): ConstructCheck {
  const manifests = constructManifests(root);
  const findings = checkManifests(manifests, settingsOfApp(root));
  const unwritten = manifests.filter(manifest => manifest.unwritten !== undefined);
  return { manifests, findings: unwritten.length === 0 ? findings : withUnwritten(findings, unwritten) };
}

/** Of an object that cannot be written it is said why, and nothing that follows from that. */
function withUnwritten(findings: readonly Finding[], unwritten: readonly ConstructManifest[]): Finding[] {
  const rejected = new Set(findings.filter(({ severity }) => severity === Severity.ERROR).map(({ constructPath }) => constructPath));
  const toldAlone = unwritten.filter(manifest => manifest.unwritten!.isOfSchema !== true || !rejected.has(manifest.constructPath));
  const paths: ReadonlySet<string | undefined> = new Set(toldAlone.map(({ constructPath }) => constructPath));
  return [...toldAlone.flatMap(findingsOf), ...findings.filter(({ constructPath }) => !paths.has(constructPath))];
}

function findingsOf({ unwritten, ...source }: ConstructManifest): Finding[] {
  const { message, propertyPath } = unwritten!;
  const broken = isHandleKeeper(source.construct) ? source.construct._brokenHandles().map(problem => `${BEGINNING}: ${problem}`) : [];
  return (broken.length > 0 ? broken : [message]).map(text => (
    { ...placeOf(source), code: UNWRITTEN, severity: Severity.ERROR, message: text, propertyPath, documentation: documentationOf(UNWRITTEN) }
  ));
}
