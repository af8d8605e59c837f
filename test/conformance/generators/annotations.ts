import type { Manifest } from './from-schema';
import type { Random } from './random';
import { ANNOTATIONS } from '../../../lib/checks/rules/analyzer/istio-annotations';

const UNKNOWN = [
  'traffic.sidecar.istio.io/excludePorts', 'networking.istio.io/exportThree', 'notistio.io/x', 'istio.io', 'istio.io/dataplane-mode', 'kubernetes.io/ingress.class',
  'example.com/x', 'istio.io.example.com/x', 'a/istio.io',
];

const VALUES = [
  'IST0107,IST0118', 'true', 'false', 'T', 'yes', '', '*', 'REDIRECT', 'NONE', 'tproxy', '80', ' 80 ', '80,443', '80, 443', '80,,443', '80;443', '65536', '-1', '+1', '0080', '4294967296', '1e3',
  '10.0.0.0/8', '10.0.0.0/8,::/0', '10.0.0.0/8, ::/0', '10.0.0.1', '10.0.0.0/33', '10.0.0.0/08', '1.2.3/8', 'eth0', 'eth0, veth1', 'eth0,', '0eth', 'averyverylongname0',
  '100m', '128Mi', '1.5Gi', '1.', '.5', '.', '1k', '1K', '1Ki', '+2', '+', 'Ki', '0.', '1E5', '1E', '1e', '1e-3', '1m2', '1 Gi', '{}', 'concurrency: 2', '- a', 'a', '{', 'null',
];

/** Objects of which some carry annotations of Istio, right and wrong, where the analyzer looks at them. */
export function sprinkleAnnotations(objects: readonly Manifest[], random: Random): Manifest[] {
  return objects.map(object => {
    if (!['Namespace', 'Service', 'Pod', 'Deployment'].includes(object.kind) || !random.chance(0.12)) {
      return object;
    }
    const names = [...ANNOTATIONS.keys(), ...UNKNOWN, ...UNKNOWN];
    const annotations = Object.fromEntries(Array.from({ length: random.integer(1, 3) }, () => [random.pick(names), random.pick(VALUES)]));
    const copy = structuredClone(object) as any;
    const owner = object.kind === 'Deployment' && random.chance(0.6) ? copy.spec.template.metadata : copy.metadata;
    owner.annotations = { ...owner.annotations, ...annotations };
    return copy;
  });
}
