import { checkServerTls, isPassthrough } from './server-tls';
import type { Server } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { isAddress, isSocketPath, UNIX_PREFIX } from '../primitives/addresses';
import { hasPartialWildcard, HOST_FORM, hostFix, isDnsLabel, isWildcardDomainName, LABEL_FORM } from '../primitives/dns';
import { checkPort } from '../primitives/numbers';
import { isHttp, isTls, PROTOCOL_FORM, protocolOf } from '../primitives/protocols';

export function checkServer(report: Report, server: Server, isConverted: boolean): void {
  if (server.hosts === undefined) {
    report.error('GW5', '.hosts', 'must have at least one host', { fix: "write '*' for all hosts" });
  }
  server.hosts?.forEach((host, index) => checkServerHost(report, `.hosts${indexStep(index)}`, host, isConverted));
  const mark = report.mark;
  checkServerPort(report, server);
  const isPortValid = report.mark === mark;
  checkBind(report, server);
  if (server.tls !== undefined) {
    const before = report.mark;
    checkServerTls(report, server.tls);
    report.under(before, 'tls');
  }
  if (isPortValid) {
    checkTlsOfProtocol(report, server);
  }
}

function checkServerHost(report: Report, path: string, host: string, isConverted: boolean): void {
  const slash = host.indexOf('/');
  if (slash >= 0) {
    const namespace = host.slice(0, slash);
    // `~` is what istiod writes for a Gateway API listener without routes
    if (namespace !== '*' && namespace !== '.' && !isDnsLabel(namespace) && !(namespace === '~' && isConverted)) {
      report.error('GW6', path, `must have '*', '.' or a namespace (${LABEL_FORM}) before the '/'${got(host)}`, {
        value: host, fix: host.includes('://') ? hostFix(host) : undefined,
      });
      return;
    }
  }
  const name = host.slice(slash + 1);
  if (name !== '*' && !name.includes('.')) {
    report.error('GW6', path, `must have a full domain name, short names are not allowed${got(host)}`, {
      value: host, fix: `write the name that clients use, such as ${describe(`${name === '' ? 'www' : name}.example.com`)}`,
    });
  } else if (!isWildcardDomainName(name) && !isAddress(name)) {
    report.error('GW6', path, `must be '*', an IP address or ${HOST_FORM}${got(host)}`, { value: host, fix: hostFix(name) });
  } else if (hasPartialWildcard(name)) {
    report.error('GW6', path, `must have its wildcard as a part of its own, as in '*.example.com'${got(host)}`, { value: host });
  }
}

function checkServerPort(report: Report, server: Server): void {
  const { port } = server;
  if (port === undefined) {
    report.error('GW7', '.port', 'must be given');
    return;
  }
  if (protocolOf(port.protocol) === 'unnamed') {
    report.error('GW7', '.port.protocol', `must be ${PROTOCOL_FORM}${got(port.protocol)}`, { value: port.protocol });
  }
  if ((port.number ?? 0) > 0 || !isSocket(server)) {
    checkPort(report, 'GW7', '.port.number', port.number);
  }
  if ((port.targetPort ?? 0) > 0) {
    report.error('GW7', '.port.targetPort', 'has no effect in a Gateway', { value: port.targetPort, fix: 'set the target port in the Service of the gateway' });
  }
  if ((port.name ?? '') === '') {
    report.error('GW7', '.port.name', 'must be given, such as http or https-8443', { value: port.name });
  }
}

function isSocket(server: Server): boolean {
  return server.bind?.startsWith(UNIX_PREFIX) === true;
}

function checkBind(report: Report, server: Server): void {
  const { bind = '' } = server;
  if (isSocket(server)) {
    if (!isSocketPath(bind.slice(UNIX_PREFIX.length))) {
      report.error('GW8', '.bind', `must have the absolute path of a file after '${UNIX_PREFIX}', or '@' and a name${got(bind)}`, { value: bind });
    }
    if ((server.port?.number ?? 0) !== 0) {
      report.error('GW8', '.port.number', `must be 0 for a Unix domain socket, got ${server.port!.number}`, { value: server.port!.number });
    }
  } else if (bind !== '' && !isAddress(bind)) {
    report.error('GW8', '.bind', `must be an IP address, or '${UNIX_PREFIX}' and a path${got(bind)}`, { value: bind });
  }
}

function checkTlsOfProtocol(report: Report, server: Server): void {
  const { tls } = server;
  const word = server.port!.protocol;
  const protocol = protocolOf(word);
  if (isTls(protocol)) {
    if (tls === undefined) {
      report.error('GW9', '.tls', `must be given for protocol ${word}`, { fix: 'say where the certificate is, or mode: PASSTHROUGH' });
    }
  } else if (tls !== undefined) {
    if (!isHttp(protocol)) {
      report.error('GW11', '.tls', `must not be given for protocol ${word}`, { fix: 'use protocol TLS or HTTPS' });
    } else if (!isPassthrough(tls) || isFilled(tls.caCertificates) || isFilled(tls.privateKey) || isFilled(tls.serverCertificate)) {
      report.error('GW10', '.tls', `must not say more than httpsRedirect for protocol ${word}, which is not encrypted`, { fix: 'use protocol HTTPS' });
    }
  }
}

function isFilled(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
