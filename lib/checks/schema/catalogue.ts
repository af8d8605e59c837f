import { CEL_EXAMPLES } from './cel-catalogue';
import type { ViolatedRule } from './violation';
import { destinationRule, ExampleManifest, gateway, serviceEntry, virtualService } from '../webhook/catalogue/rule';

/** What one keyword of the CRDs' schema, or one of its expressions, is about. */
export interface SchemaRule {
  /** The keyword, or the name of an expression. */
  readonly rule: string;
  /** The keyword that expressions share. */
  readonly keyword?: ViolatedRule;
  /** What must hold. */
  readonly title: string;
  /** A manifest of which no other keyword has something to say. */
  readonly wrong: ExampleManifest;
  /** The same put right. */
  readonly right: ExampleManifest;
}

const ROUTE = { route: [{ destination: { host: 'reviews' } }] };
const TLS_PORT = { number: 443, name: 'tls', protocol: 'TLS' };

function route(fields: object): ExampleManifest {
  return virtualService({ hosts: ['reviews'], http: [{ ...ROUTE, ...fields }] });
}

function policy(trafficPolicy: object): ExampleManifest {
  return destinationRule({ host: 'reviews', trafficPolicy });
}

function entry(fields: object): ExampleManifest {
  return serviceEntry({ hosts: ['api.example.com'], ports: [TLS_PORT], resolution: 'STATIC', ...fields });
}

function secured(tls: object): ExampleManifest {
  return gateway({ selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['api.example.com'], port: { ...TLS_PORT, protocol: 'HTTPS' }, tls }] });
}

function numbered(count: number): { [name: string]: string } {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`label-${index}`, 'a']));
}

// not loaded when manifests are checked

/** Every keyword of the schema that a manifest can violate. What holds for which field is the CRDs' to say. */
export const SCHEMA_RULES: readonly SchemaRule[] = [
  {
    rule: 'apiVersion',
    title: 'The API version is one that Istio serves: v1, v1beta1 or v1alpha3.',
    wrong: { ...route({}), apiVersion: 'networking.istio.io/v2' },
    right: route({}),
  },
  {
    rule: 'type',
    title: 'A value is of its field\'s type: a text, a number, a list, an object.',
    wrong: route({ route: [{ destination: { host: 'reviews', port: { number: '80' } } }] }),
    right: route({ route: [{ destination: { host: 'reviews', port: { number: 80 } } }] }),
  },
  {
    rule: 'enum',
    title: 'A word is one of those that its field knows.',
    wrong: entry({ resolution: 'static' }),
    right: entry({ resolution: 'STATIC' }),
  },
  {
    rule: 'format',
    title: 'A number fits into the 32 bits of its field, and bytes are written in base64.',
    wrong: route({ route: [{ destination: { host: 'reviews' }, weight: 3000000000 }] }),
    right: route({ route: [{ destination: { host: 'reviews' }, weight: 100 }] }),
  },
  {
    rule: 'required',
    title: 'A field is there that its object cannot do without.',
    wrong: route({ route: [{ weight: 100 }] }),
    right: route({ route: [{ destination: { host: 'reviews' }, weight: 100 }] }),
  },
  {
    rule: 'minimum',
    title: 'A number is not below its field\'s bound.',
    wrong: policy({ connectionPool: { tcp: { tcpKeepalive: { probes: -1 } } } }),
    right: policy({ connectionPool: { tcp: { tcpKeepalive: { probes: 9 } } } }),
  },
  {
    rule: 'maximum',
    title: 'A number is not above its field\'s bound.',
    wrong: policy({ loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '30s', minimumPercent: 150 } } }),
    right: policy({ loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '30s', minimumPercent: 50 } } }),
  },
  {
    rule: 'minItems',
    title: 'A list is not shorter than its field asks for.',
    wrong: entry({ hosts: [] }),
    right: entry({ hosts: ['api.example.com'] }),
  },
  {
    rule: 'maxItems',
    title: 'A list is not longer than its field allows.',
    wrong: secured({ mode: 'SIMPLE', credentialNames: ['rsa', 'ecdsa', 'third'] }),
    right: secured({ mode: 'SIMPLE', credentialNames: ['rsa', 'ecdsa'] }),
  },
  {
    rule: 'maxLength',
    title: 'A text is not longer than its field allows, counted in code points.',
    wrong: entry({ workloadSelector: { labels: { app: 'a'.repeat(64) } } }),
    right: entry({ workloadSelector: { labels: { app: 'a'.repeat(63) } } }),
  },
  {
    rule: 'maxProperties',
    title: 'A map has not more entries than its field allows.',
    wrong: entry({ endpoints: [{ address: '10.0.0.1', labels: numbered(257) }] }),
    right: entry({ endpoints: [{ address: '10.0.0.1', labels: numbered(3) }] }),
  },
  {
    rule: 'oneOf',
    title: 'Of fields that exclude each other there is one at most.',
    wrong: route({ match: [{ uri: { exact: '/api', prefix: '/api/' } }] }),
    right: route({ match: [{ uri: { exact: '/api' } }, { uri: { prefix: '/api/' } }] }),
  },
  {
    rule: 'duplicate',
    title: 'The items of a list that is a map by its keys have different keys.',
    wrong: entry({ ports: [TLS_PORT, { ...TLS_PORT, number: 8443 }] }),
    right: entry({ ports: [TLS_PORT, { ...TLS_PORT, number: 8443, name: 'tls-8443' }] }),
  },
  ...CEL_EXAMPLES,
  {
    rule: 'metadata',
    title: 'Names, labels, annotations and what else stands in metadata are written as Kubernetes demands of every object.',
    wrong: { ...route({}), metadata: { name: 'Reviews_v1' } },
    right: { ...route({}), metadata: { name: 'reviews-v1' } },
  },
  {
    rule: 'unknown-field',
    title: 'A field is known. The API server drops others without a word, unless it is asked to be strict as kubectl asks it.',
    wrong: route({ timeOut: '5s' }),
    right: route({ timeout: '5s' }),
  },
];
