import type { TrafficAnswer } from '../../simulation/traffic-answer';
import type { TrafficHeader } from '../../simulation/traffic-facts';

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
  say('aborted', faults.abortStatus === undefined ? undefined : `${faults.abortPercent} % with status ${faults.abortStatus}`);
  mirrors.forEach(({ host, port, subset, percent }) => say('mirrored', `${percent} % to ${host}:${port}${subset === undefined ? '' : ` subset ${subset}`}`));
  say('upstream sees', upstream === undefined ? undefined : `${upstream.method} ${upstream.path} of ${upstream.authority}`);
  upstream?.addedHeaders.forEach(header => say('upstream sees', headerText(header)));
  say('upstream does not see', upstream?.removedHeaders.join(', '));
  clientHeaders?.forEach(header => say('client sees', headerText(header)));
  answer.destinations.forEach((_, position) => answer.trafficPolicy(position).forEach(({ part, rule, property }) =>
    say('policy', `${part} of ${rule.kind} ${rule.namespace}/${rule.name} ${property}`)));
  const notes = answer.notes.map(note => `note: ${note}\n`).join('');
  return `${[...new Set(lines)].join('\n')}\n\n${answer.why}\n${notes}`;
}

function headerText({ name, text }: TrafficHeader): string {
  return `${name}: ${text}`;
}
