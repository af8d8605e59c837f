import { PlainObject, readList, readObject, readText, readTexts } from '../../../mesh/manifest';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { DestinationRuleSpec, HttpRule, VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const ARGO_ROLLOUT: Rule = {
  code: 'CI0031',
  severity: Severity.WARNING,
  title: 'What an Argo Rollout manages has its two versions only, and no route of a name that the Rollout takes away.',
  check: argoRollouts,
};

/** What a Rollout says of the routes that it manages. */
interface Managed {
  readonly name: string;
  readonly routes: readonly string[];

  /** The names of routes that the Rollout makes and takes away. */
  readonly ownRoutes: readonly string[];

  /** The subsets, or the first labels of the Services, of its versions. */
  readonly subsets?: ReadonlySet<string>;
  readonly services?: ReadonlySet<string>;
}

function* argoRollouts({ mesh }: RuleContext): Iterable<Problem> {
  for (const rollout of mesh.resources.ofKind<PlainObject>('argoproj.io', 'Rollout')) {
    const canary = readObject(readObject(rollout.spec.strategy).canary);
    const trafficRouting = readObject(canary.trafficRouting);
    const istio = readObject(trafficRouting.istio);
    const rule = readObject(istio.destinationRule);
    const subsets = namesOf([rule.canarySubsetName, rule.stableSubsetName, ...readTexts(rule.additionalSubsetNames)]);
    const services = namesOf([canary.canaryService, canary.stableService]);
    const ownRoutes = readList(trafficRouting.managedRoutes).flatMap(route => readText(readObject(route).name) ?? []);
    for (const entry of [istio.virtualService, ...readList(istio.virtualServices)].map(readObject)) {
      const resource = findVirtualService(mesh, rollout, readText(entry.name) ?? '');
      if (resource !== undefined) {
        const versions = subsets.size > 0 ? { subsets } : { services };
        yield* routesOf(resource, { name: rollout.name, routes: readTexts(entry.routes), ownRoutes, ...versions });
      }
    }
    const found = mesh.resources.find('networking.istio.io', 'DestinationRule', rollout.namespace, readText(rule.name) ?? '');
    if (found !== undefined && subsets.size > 0) {
      yield* subsetsOf(found as unknown as Resource<DestinationRuleSpec>, rollout.name, subsets);
    }
  }
}

function namesOf(values: readonly unknown[]): ReadonlySet<string> {
  return new Set(values.flatMap(value => readText(value) || []));
}

/** A name with a dot is read as name.namespace. */
function findVirtualService({ resources }: MeshModel, rollout: Resource, name: string): Resource<VirtualServiceSpec> | undefined {
  const dot = name.lastIndexOf('.');
  const found = dot < 0
    ? resources.find('networking.istio.io', 'VirtualService', rollout.namespace, name)
    : resources.find('networking.istio.io', 'VirtualService', name.slice(dot + 1), name.slice(0, dot));
  return found as unknown as Resource<VirtualServiceSpec> | undefined;
}

function* routesOf(resource: Resource<VirtualServiceSpec>, managed: Managed): Iterable<Problem> {
  const { http = [] } = resource.spec;
  for (const [index, rule] of http.entries()) {
    const { name = '' } = rule;
    if (managed.ownRoutes.includes(name)) {
      yield {
        resource,
        path: `spec.http[${index}].name`,
        message: `is the name of a route that the Rollout '${managed.name}' makes and takes away, got '${name}'`,
        fix: 'give the route another name',
      };
    } else if (managed.routes.length === 0 ? http.length === 1 : managed.routes.includes(name)) {
      const position = foreignDestination(rule, managed);
      if (position >= 0) {
        yield {
          resource,
          path: `spec.http[${index}].route[${position}]`,
          message: `is neither the stable nor the canary version of the Rollout '${managed.name}', which removes it`,
          fix: 'put it into a route that the Rollout does not manage',
        };
      }
    }
  }
}

function foreignDestination({ route = [] }: HttpRule, { subsets, services }: Managed): number {
  return route.findIndex(({ destination }) => {
    const [service] = (destination?.host ?? '').split('.');
    return subsets === undefined ? services!.size > 0 && !services!.has(service) : !subsets.has(destination?.subset ?? '');
  });
}

function* subsetsOf(resource: Resource<DestinationRuleSpec>, rollout: string, subsets: ReadonlySet<string>): Iterable<Problem> {
  for (const [index, { name = '' }] of (resource.spec.subsets ?? []).entries()) {
    if (!subsets.has(name)) {
      yield {
        resource,
        path: `spec.subsets[${index}]`,
        message: `is neither of the two subsets of the Rollout '${rollout}', which discards it, got '${name}'`,
        fix: 'put it into a DestinationRule of its own',
      };
    }
  }
}
