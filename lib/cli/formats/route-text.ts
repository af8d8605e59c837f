import type { TrafficAnswer } from '../../simulation/traffic-answer';
import type { TrafficHeader, TrafficTls } from '../../simulation/traffic-facts';

/** An answer as people read it: what happens, how, and why. */
export function formatRouteText(answer: TrafficAnswer): string {
  const { upstream, clientHeaders, mirrors, timeout, retries, faults } = answer;
  const lines = [answer.summary];
  const say = (label: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') {
      lines.push(`  ${label}: ${text}`);
    }
  };
  say('timeout', timeout === undefined ? undefined : `${timeout.toMilliseconds()} ms`);
  say('retries', retries === undefined || retries.isDefault ? undefined : `${retries.attempts} on ${retries.retryOn}`);
  say('delayed', faults.delay === undefined ? undefined : `${faults.delayPercent} % by ${faults.delay.toMilliseconds()} ms`);
  say('aborted', faults.abortStatus === undefined ? undefined : `${faults.abortPercent} % with status ${faults.abortStatus}${grpcText(faults.abortGrpcStatus)}`);
  mirrors.forEach(({ host, port, subset, percent }) => say('mirrored', `${percent} % to ${host}:${port}${subset === undefined ? '' : ` subset ${subset}`}`));
  say('upstream sees', upstream === undefined ? undefined : `${upstream.method} ${upstream.path} of ${upstream.authority}`);
  upstream?.addedHeaders.forEach(header => say('upstream sees', headerText(header)));
  say('upstream does not see', upstream?.removedHeaders.join(', '));
  clientHeaders?.forEach(header => say('client sees', headerText(header)));
  answer.destinations.forEach((_, position) => answer.trafficPolicy(position).forEach(({ part, rule, property }) =>
    say('policy', `${part} of ${rule.kind} ${rule.namespace}/${rule.name} ${property}`)));
  answer.destinations.forEach((_, position) => say('TLS', tlsText(answer.upstreamTls(position))));
  const notes = answer.notes.map(note => `note: ${note}\n`).join('');
  return `${[...new Set(lines)].join('\n')}\n\n${answer.why}\n${notes}`;
}

function headerText({ name, text }: TrafficHeader): string {
  return `${name}: ${text}`;
}

function grpcText(status: number | undefined): string {
  return status === undefined ? '' : `, gRPC status ${status}`;
}

/** What the proxy speaks to a destination that asks for TLS. */
function tlsText(tls: TrafficTls | undefined): string | undefined {
  if (tls === undefined) {
    return undefined;
  }
  const { mode, serverName = 'the host of the request', subjectAltNames, checksName, verifiesServer, credentialName, caCertificates, clientCertificate } = tls;
  const names = [...checksName ? ['this name'] : [], ...subjectAltNames.length === 0 ? [] : [`one of ${subjectAltNames.join(', ')}`]].join(' and ');
  return [
    `${mode} for ${serverName}`,
    ...verifiesServer ? [names === '' ? 'no name is checked' : `the certificate must have ${names}`] : ['the server is not verified'],
    ...credentialName === undefined ? [] : [`credential ${credentialName}`],
    ...caCertificates === undefined ? [] : [`trusts ${caCertificates}`],
    ...clientCertificate === undefined ? [] : [`shows ${clientCertificate}`],
  ].join(', ');
}
