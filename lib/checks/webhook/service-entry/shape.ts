import { list, mapOf, message, oneOfWords, text, uint32 } from '../decode/decoder';

const endpoint = message({
  address: text,
  ports: mapOf(uint32),
  labels: mapOf(text),
  network: text,
  locality: text,
  weight: uint32,
  serviceAccount: text,
});

export const serviceEntryShape = message({
  hosts: list(text),
  addresses: list(text),
  ports: list(message({ number: uint32, protocol: text, name: text, targetPort: uint32 })),
  location: oneOfWords('MESH_EXTERNAL', 'MESH_INTERNAL'),
  resolution: oneOfWords('NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'),
  endpoints: list(endpoint),
  workloadSelector: message({ labels: mapOf(text) }),
  exportTo: list(text),
  subjectAltNames: list(text),
});
