import type { MeshModel } from '../../../mesh/model';

/** The whole mesh, or one namespace. */
export interface MutualTlsScope {
  /** Absent for the whole mesh. */
  readonly namespace?: string;
}

/** What a host with a wildcard stands for, where that is the whole mesh or a namespace. */
export function scopeOfHost({ config: { clusterDomain } }: MeshModel, host: string): MutualTlsScope | undefined {
  if (host === '*' || host === '*.local' || host === `*.${clusterDomain}` || host === `*.svc.${clusterDomain}`) {
    return {};
  }
  const suffix = `.svc.${clusterDomain}`;
  const namespace = host.startsWith('*.') && host.endsWith(suffix) ? host.slice(2, -suffix.length) : '';
  return namespace === '' || namespace.includes('.') ? undefined : { namespace };
}

/**
 * What the PeerAuthentications among the manifests say for all workloads of a scope, unless one of them makes exceptions.
 * For a namespace without an own one, what the root namespace says.
 */
export function acceptedMutualTls({ resources, config }: MeshModel, { namespace }: MutualTlsScope): string | undefined {
  const own = resources.peerAuthentications.filter(policy => policy.namespace === (namespace ?? config.rootNamespace));
  if (own.some(({ spec }) => spec.selector !== undefined || spec.portLevelMtls !== undefined)) {
    return undefined;
  }
  const mode = own.find(({ spec }) => spec.mtls?.mode !== undefined && spec.mtls.mode !== 'UNSET')?.spec.mtls?.mode;
  const isWholeMesh = namespace === undefined || namespace === config.rootNamespace;
  return mode ?? (isWholeMesh ? undefined : acceptedMutualTls({ resources, config } as MeshModel, {}));
}

/** Whether some namespace says otherwise than the whole mesh. */
export function hasExceptions({ resources, config }: MeshModel): boolean {
  return resources.peerAuthentications.some(({ namespace }) => namespace !== config.rootNamespace);
}
