import { crdFile, Oracle, Verdict } from './oracle';
import { SCHEMA_RULES } from '../../lib/checks/schema/catalogue';
import { WEBHOOK_RULES } from '../../lib/checks/webhook/catalogue';
import { codeOf } from '../../lib/checks/webhook/codes';

async function verdictsOf(questions: readonly object[]): Promise<Verdict[]> {
  const oracle = Oracle.start('verdict', ['--crds', crdFile()]);
  const verdicts = await oracle.ask<Verdict>(questions);
  oracle.stop();
  return verdicts;
}

/** Unknown top-level fields are refused by the server around the webhook, which Istio's packages do not hold. */
const OUTSIDE_OF_THE_PACKAGES = ['WH5'];

/** The API versions that a CRD serves decide which schema is asked at all. */
const DECIDED_BEFORE = ['apiVersion'];

function layersOf({ schema, metadata, unknownFields = [], webhook }: Verdict): { [layer: string]: boolean } {
  return {
    schema: schema.errors.length + metadata.errors.length + unknownFields.length > 0,
    error: webhook.errors.length > 0 || webhook.decodeError !== undefined,
    warning: webhook.warnings.length > 0,
  };
}

describe('the real Istio agrees with the catalogue', () => {
  const schemaRules = SCHEMA_RULES.filter(({ rule }) => !DECIDED_BEFORE.includes(rule));
  const webhookRules = WEBHOOK_RULES.filter(({ rule }) => !OUTSIDE_OF_THE_PACKAGES.includes(rule));

  test('what is wrong by the schema is refused by the schema', async () => {
    const verdicts = await verdictsOf(schemaRules.map(({ wrong }) => ({ object: wrong })));
    expect(schemaRules.filter((_, index) => !layersOf(verdicts[index]).schema).map(({ rule }) => rule)).toEqual([]);
  });

  test('what is wrong by a rule of the webhook is refused by the webhook, or warned about', async () => {
    const verdicts = await verdictsOf(webhookRules.map(({ wrong, asWritten }) => ({ object: wrong, asWritten })));
    expect(webhookRules.filter(({ severity }, index) => !layersOf(verdicts[index])[severity]).map(codeOf)).toEqual([]);
  });

  test('what is put right is taken without a word', async () => {
    const rights = [
      ...schemaRules.map(({ rule, right }) => ({ code: rule as string, question: { object: right } })),
      ...webhookRules.map(rule => ({ code: codeOf(rule), question: { object: rule.right, asWritten: rule.asWritten } })),
    ];
    const verdicts = await verdictsOf(rights.map(({ question }) => question));
    expect(rights.filter((_, index) => Object.values(layersOf(verdicts[index])).includes(true)).map(({ code }) => code)).toEqual([]);
  });
});
