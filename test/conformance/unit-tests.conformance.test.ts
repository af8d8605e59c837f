import { crdFile, Oracle, Verdict } from './oracle';
import { Recorded, recordUnitTests } from './recording/recorded';
import { checkSchema } from '../../lib/checks/schema';
import { checkWebhook } from '../../lib/checks/webhook';

const TRAFFIC_KINDS = ['DestinationRule', 'Gateway', 'ServiceEntry', 'VirtualService'];

/** What Istio has against an object: its API server, which drops unknown fields, or its webhook. */
function errorsOf({ error, panic, decodeError, schema, metadata, webhook, unknownFields = [] }: Verdict): string[] {
  const judged = [...schema?.errors ?? [], ...metadata?.errors ?? [], ...webhook?.errors ?? []];
  const errors = [error, panic, decodeError, webhook?.decodeError, ...judged, ...unknownFields];
  return errors.filter(message => message !== undefined);
}

/** Whether we have something against an object, whoever does not want to hear of it. */
function isRefused(object: object): boolean {
  return checkSchema(object).length > 0 || checkWebhook(object).some(({ severity }) => severity === 'error');
}

describe('what the unit tests of the typed API and of the patterns synthesize', () => {
  let recorded: readonly Recorded[];
  let verdicts: ReadonlyMap<Recorded, Verdict>;

  beforeAll(async () => {
    recorded = recordUnitTests().filter(({ object }) => TRAFFIC_KINDS.includes(object.kind));
    const oracle = Oracle.start('verdict', ['--crds', crdFile()]);
    const answers = await oracle.ask<Verdict>(recorded.map(({ object }) => ({ object })));
    oracle.stop();
    verdicts = new Map(recorded.map((each, index) => [each, answers[index]]));
  });

  test('is recorded', () => {
    const promised = recorded.filter(({ isPromised }) => isPromised);
    expect(promised.length).toBeGreaterThan(1500);
    expect(TRAFFIC_KINDS.filter(kind => promised.filter(({ object }) => object.kind === kind).length < 100)).toEqual([]);
    const refused = recorded.filter(({ object }) => isRefused(object));
    expect(refused.length).toBeGreaterThan(10);
    console.log(`${recorded.length} manifests, ${promised.length} of the typed API alone, ${refused.length} wrong on purpose`);
  });

  test('is accepted by the real Istio where the typed API wrote it', () => {
    const refused = recorded.filter(({ isPromised }) => isPromised).map(each => ({ ...each, errors: errorsOf(verdicts.get(each)!) }));
    expect(refused.filter(({ errors }) => errors.length > 0)).toEqual([]);
  });

  test('is warned of by the real Istio only where we do', () => {
    const isAnnounced = (object: object) => checkWebhook(object).some(({ severity }) => severity === 'warning');
    const warned = recorded.filter(each => (verdicts.get(each)!.webhook?.warnings ?? []).length > 0);
    expect(warned.filter(({ object }) => !isAnnounced(object))).toEqual([]);
  });

  test('is refused by the real Istio where and only where we refuse it, what is patched, generated or wrong on purpose included', () => {
    const contradicted = recorded.filter(each => isRefused(each.object) !== errorsOf(verdicts.get(each)!).length > 0);
    expect(contradicted.map(each => ({ ...each, errors: errorsOf(verdicts.get(each)!) }))).toEqual([]);
  });
});
