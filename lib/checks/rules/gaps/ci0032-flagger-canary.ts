import { PlainObject, readObject, readText } from '../../../mesh/manifest';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const FLAGGER_CANARY: Rule = {
  code: 'CI0032',
  severity: Severity.WARNING,
  title: 'What Flagger makes for a Canary is not among the manifests, where each would overwrite the other.',
  check: flaggerCanaries,
};

function* flaggerCanaries({ mesh }: RuleContext): Iterable<Problem> {
  for (const canary of mesh.resources.ofKind<PlainObject>('flagger.app', 'Canary')) {
    const { provider, service, targetRef } = canary.spec;
    const apex = readText(readObject(service).name) ?? readText(readObject(targetRef).name);
    // without a provider it is that of the installation, which need not be Istio
    if (readText(provider) !== 'istio' || apex === undefined) {
      continue;
    }
    for (const [kind, name] of [['VirtualService', apex], ['DestinationRule', `${apex}-primary`], ['DestinationRule', `${apex}-canary`]]) {
      const resource = mesh.resources.find('networking.istio.io', kind, canary.namespace, name);
      if (resource !== undefined) {
        yield {
          resource,
          path: 'metadata.name',
          message: `is that of the ${kind} that Flagger makes for the Canary '${canary.name}' and overwrites, got '${name}'`,
          fix: 'say in the Canary what shall be in it, or choose another name and delegate to it',
        };
      }
    }
  }
}
