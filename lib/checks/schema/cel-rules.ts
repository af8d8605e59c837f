import { describe } from '../../private/describe';
import { indexStep, keyStep } from '../property-path';

/** What a CEL rule of the CRDs says to a person, who does not read its expression. */
export interface CelRule {
  /** What the finding is known by, after `IST0106/`: a name of its own, or the webhook's rule that says the same. */
  readonly code: string;

  /** What is wrong with a value, and where in it. */
  explain(value: any): CelExplanation;
}

export interface CelExplanation {
  /** The steps from the place of the rule to what is wrong. */
  readonly steps?: string;
  readonly message: string;
  readonly fix?: string;
}

const NAME_FORM = "letters, digits and '-', at most 62 characters with a letter or digit first and last";
const PORT_NAME = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;

/** The rules by the text of their expression, which is what a later release of Istio would change. */
export const CEL_RULES: { readonly [expression: string]: CelRule } = {
  "duration(self) >= duration('1ms')": {
    code: 'duration',
    explain: (value: string) => ({ message: `must be a duration of 1ms or more, such as '5s', got ${describe(value)}`, fix: durationFix(value) }),
  },

  'self.all(key, !key.contains("*"))': selectorRule(labels => keyWith(labels, key => key.includes('*')), key => `must not have a '*' in the label's name, got ${describe(key)}`),
  'self.all(key, key.size() != 0)': {
    code: 'label-name',
    explain: () => ({ steps: keyStep(''), message: 'must have the name of a label before its value, got an empty one', fix: 'name the label' }),
  },
  '!self.contains("*")': {
    code: 'selector-wildcard',
    explain: (value: string) => ({ message: `must be the label's whole value, without a '*', got ${describe(value)}`, fix: 'name a label that all the workloads share' }),
  },

  '(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1': certificateRule('credentialName', 'credentialNames'),
  '(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1': certificateRule('credentialNames', 'tlsCertificates'),
  '(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates) ? 1 : 0) <= 1': certificateRule('credentialNames', 'tlsCertificates'),

  '(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1': {
    code: 'SE2',
    explain: () => ({ steps: '.endpoints', message: 'must not be given with workloadSelector', fix: 'take one of them away' }),
  },
  '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))': {
    code: 'SE5',
    explain: ({ addresses, resolution }) => {
      const index = (addresses as string[]).findIndex(address => address.includes('/'));
      return {
        steps: `.addresses${indexStep(index)}`,
        message: `must be a single address with resolution ${resolution}, got ${describe(addresses[index])}`,
        fix: 'list single addresses, or use resolution NONE or STATIC',
      };
    },
  },
  '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true': {
    code: 'SE7',
    explain: () => ({ steps: '.endpoints', message: 'must not be given with resolution NONE', fix: 'set resolution to STATIC for addresses, to DNS for names' }),
  },
  '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true': {
    code: 'SE10',
    explain: ({ endpoints }) => ({ steps: '.endpoints', message: `must have at most one endpoint with resolution DNS_ROUND_ROBIN, got ${endpoints.length}`, fix: 'use resolution DNS' }),
  },

  'has(self.address) || has(self.network)': {
    code: 'endpoint-address',
    explain: () => ({ steps: '.address', message: 'must be given, unless the endpoint has a network', fix: "give the endpoint's IP address, name or socket" }),
  },
  '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true': {
    code: 'socket-ports',
    explain: ({ address }) => ({ steps: '.ports', message: `must not be given for the Unix domain socket ${describe(address)}`, fix: 'leave the ports out' }),
  },
  'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true': {
    code: 'socket-path',
    explain: (value: string) => ({ message: `must have the absolute path of a file after 'unix://', or '@' and a name, got ${describe(value)}`, fix: "write it as in 'unix:///run/app.sock'" }),
  },
  'self.startsWith("unix://") ? !self.endsWith("/") : true': {
    code: 'socket-file',
    explain: (value: string) => ({ message: `must be a file, not a folder, got ${describe(value)}`, fix: "name the file of the socket, as in 'unix:///run/app.sock'" }),
  },
  'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))': {
    code: 'endpoint-port-name',
    explain: value => {
      const key = keyWith(value, name => name.length >= 63 || !PORT_NAME.test(name));
      return { steps: keyStep(key), message: `must have the name of a port as its key, ${NAME_FORM}, got ${describe(key)}`, fix: 'name a port of the entry' };
    },
  },
  '0 < self && self <= 65535': {
    code: 'port-number',
    explain: (value: number) => ({ message: `must be from 1 to 65535, got ${value}`, fix: 'write the number of the port' }),
  },
  'self != "*"': {
    code: 'host-of-all',
    explain: () => ({ message: "must not be '*', which would be every host", fix: "name a domain, as in '*.example.com'" }),
  },
  'self.all(l1, self.exists_one(l2, l1.number == l2.number))': {
    code: 'repeated-port-number',
    explain: (ports: { number?: number }[]) => {
      const index = ports.findIndex(({ number }, place) => ports.findIndex(port => port.number === number) < place);
      return {
        steps: `${indexStep(index)}.number`,
        message: `must be another than that of ports${indexStep(ports.findIndex(({ number }) => number === ports[index]?.number))}, got ${ports[index]?.number}`,
        fix: 'make one port of them, or an entry for each',
      };
    },
  },
};

function selectorRule(find: (labels: object) => string, message: (key: string) => string): CelRule {
  return {
    code: 'selector-wildcard',
    explain: labels => {
      const key = find(labels);
      return { steps: keyStep(key), message: message(key), fix: 'name a label that all the workloads share' };
    },
  };
}

function certificateRule(one: string, other: string): CelRule {
  return { code: 'GW16', explain: () => ({ steps: `.${other}`, message: `must not be given beside ${one}`, fix: 'keep one of them' }) };
}

function keyWith(value: object, isMeant: (key: string) => boolean): string {
  return Object.keys(value).find(isMeant) ?? '';
}

/** The way from what looks like a duration to one. */
function durationFix(text: string): string {
  if (/^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0) {
    return `write '${text}s' for seconds`;
  }
  if (/^[+-]?0+(?:\.0+)?(?:[a-zµμ]+)?$/.test(text)) {
    return 'leave the field out where there is to be no such time';
  }
  if (/^\d+d$/.test(text)) {
    return `write '${24 * parseInt(text, 10)}h', as days are no unit`;
  }
  return 'write a number with the unit h, m, s or ms, such as 1h30m';
}
