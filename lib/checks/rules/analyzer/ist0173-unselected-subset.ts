import { isEmpty, isSelected } from '../../../mesh/labels';
import { NO_LABELS, TextMap } from '../../../mesh/manifest';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { ServiceEntrySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { selectorText } from './analyzer-names';
import type { KnownHost } from './known-hosts';
import { LABELS_OF_PLACE } from './pods';

export const UNSELECTED_SUBSET: Rule = {
  code: 'IST0173',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'A subset of a DestinationRule selects pods.',
  falseAlarms: 'The analyzer does not know endpoints other than pods, nor the labels of the nodes on which pods will run.',
  check: unselectedSubsets,
};

function* unselectedSubsets({ mesh, closedWorld, asksForMissing }: RuleContext): Iterable<Problem> {
  if (!asksForMissing && mesh.workloads.all.length === 0) {
    return;
  }
  const { destinationRules, knownHosts, pods } = analyzed(mesh);
  for (const resource of destinationRules) {
    const { host = '', exportTo, subsets = [] } = resource.spec;
    const found = subsets.length === 0 ? undefined : knownHosts.find(host, resource.namespace, exportTo);
    const hasPods = found?.some(known => selectsPods(mesh, known)) === true;
    if (!hasPods && !asksForMissing) {
      continue;
    }
    // of several subsets of one name the analyzer knows the last
    const byName = new Map(subsets.map(({ name = '', labels = NO_LABELS }, index) => [name, { index, labels }]));
    for (const [name, { index, labels }] of found === undefined ? [] : byName) {
      if (!found!.some(known => pods.existsInPlace({ ...known.workloadLabels, ...labels }))) {
        yield {
          resource,
          path: `spec.subsets[${index}].labels`,
          message: `select no pods: none has the labels ${selectorText({ ...found![0].workloadLabels, ...labels })}, so requests to the subset '${name}' fail`,
          fix: 'take the labels from the pods of the version that is meant',
          // other pods of the service are there; those of the subset may come from elsewhere
          severity: closedWorld ? undefined : Severity.WARNING,
          missing: !hasPods,
          falseAlarm: found!.some(known => isEndpoint(mesh, known, labels)) || pods.existsInPlace(withoutPlace(labels)) && hasPlace(labels),
        };
      }
    }
  }
}

function selectsPods(mesh: MeshModel, { resource }: KnownHost): boolean {
  return mesh.services.of(resource).some(({ selector, namespace }) => !isEmpty(selector) && mesh.workloads.matching(selector, namespace).length > 0);
}

/** Whether an endpoint that is no pod has the labels. */
function isEndpoint(mesh: MeshModel, { resource, workloadLabels }: KnownHost, labels: TextMap): boolean {
  const { endpoints = [] } = resource.kind === 'ServiceEntry' ? (resource as Resource<ServiceEntrySpec>).spec : {};
  return endpoints.some(endpoint => isSelected(labels, endpoint.labels ?? NO_LABELS))
    || mesh.workloads.matching({ ...workloadLabels, ...labels }, resource.namespace).some(({ entry }) => entry !== undefined);
}

function hasPlace(labels: TextMap): boolean {
  return Object.keys(labels).some(key => LABELS_OF_PLACE.has(key));
}

function withoutPlace(labels: TextMap): TextMap {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !LABELS_OF_PLACE.has(key)));
}
