// manifests of a mesh with N services, each with a virtual service and a destination rule, as they come from YAML

function meshOf(count) {
  const manifests = [];
  for (let index = 0; index < count; index++) {
    const metadata = { name: `service-${index}`, namespace: `team-${index % 50}` };
    const host = `${metadata.name}.${metadata.namespace}.svc.cluster.local`;
    manifests.push(
      { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ name: 'http', port: 80 }], selector: { app: metadata.name } } },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata,
        spec: {
          hosts: [host],
          http: [
            { name: 'testers', match: [{ uri: { prefix: '/api' }, headers: { 'x-tester': { exact: '1' } } }], route: [{ destination: { host, subset: 'v2' } }] },
            { name: 'items', match: [{ uri: { regex: '/items/[0-9]+' } }], route: [{ destination: { host, subset: 'v1' } }], timeout: '2s' },
            { name: 'rest', route: [{ destination: { host, subset: 'v1' }, weight: 90 }, { destination: { host, subset: 'v2' }, weight: 10 }], timeout: '5s' },
          ],
        },
      },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata,
        spec: { host, trafficPolicy: { connectionPool: { tcp: { maxConnections: 100 } } }, subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }] },
      },
    );
  }
  return manifests;
}

module.exports = { meshOf };
