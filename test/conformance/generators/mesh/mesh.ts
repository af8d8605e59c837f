import { randomDestinationRules } from './destination-rules';
import { GATEWAY_PROXY, randomGateways } from './gateways';
import { gatewayService, randomServiceEntries, randomServices } from './services';
import { randomSidecars, randomVirtualServices } from './virtual-services';
import { LABELS, maybe, MeshObject, NAMESPACES, NETWORKING } from './words';
import { checkWebhook } from '../../../../lib/checks/webhook';
import type { Random } from '../random';

/** Who is asked about in a mesh. */
export interface MeshProxy {
  readonly type: 'sidecar' | 'router';
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
}

/** A mesh as it is put to istiod and to the simulation. */
export interface RandomMesh {
  readonly objects: readonly MeshObject[];
  readonly meshConfig?: object;
  readonly proxies: readonly MeshProxy[];
}

/** A mesh of which Istio accepts every object. */
export function randomMesh(random: Random): RandomMesh {
  const services = randomServices(random);
  const entries = randomServiceEntries(random).filter(isAccepted);
  const gateways = randomGateways(random).filter(isAccepted);
  const others = [...randomVirtualServices(random, { services, entries, gateways }), ...randomDestinationRules(random), ...randomSidecars(random)];
  return {
    objects: [...services, ...gatewayService(random), ...entries, ...gateways, ...others.filter(isAccepted)],
    meshConfig: random.chance(0.75) ? undefined : {
      pathNormalization: { normalization: random.pick(['NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES']) },
      outboundTrafficPolicy: { mode: random.pick(['ALLOW_ANY', 'REGISTRY_ONLY']) },
      defaultHttpRetryPolicy: maybe(random, 0.3, () => random.pick([{ attempts: 0 }, { attempts: 1, perTryTimeout: '3s' }, { attempts: 3, perTryTimeout: '20s', retryOn: '5xx' }])),
    },
    proxies: [
      { type: 'router', ...GATEWAY_PROXY },
      { type: 'sidecar', namespace: 'default', labels: random.pick(LABELS) },
      { type: 'sidecar', namespace: random.pick(NAMESPACES), labels: random.pick(LABELS) },
    ],
  };
}

/** Whether Istio accepts an object. */
export function isAccepted(object: MeshObject): boolean {
  return object.apiVersion !== NETWORKING || checkWebhook(object).every(({ severity }) => severity !== 'error');
}
