import { ManifestSource, readObject, readText } from '../mesh/manifest';

/** Our own annotation: a line for each code, `CODE: reason`. */
export const SUPPRESS = 'cdk8s-istio.dev/suppress';

/** Istio's: a list of codes, or `*`. */
export const ISTIO_SUPPRESS = 'galley.istio.io/analyze-suppress';

/** The name that many write for it, which Istio itself does not know. It is read, and never written. */
const ISTIO_SUPPRESS_MEANT = 'galley.io/analyze-suppress';

/** Kiali's: a list of codes, nothing for all. */
export const KIALI_SUPPRESS = 'kiali.io/ignore-validations';

/** A code that a person does not want to hear of, and why. */
export interface Suppression {
  readonly code: string;
  readonly reason: string;
}

/** What the annotations of a manifest keep quiet. */
export interface Suppressed {
  readonly own: readonly Suppression[];
  readonly istio: readonly string[];
  readonly kiali: readonly string[];
}

const NOTHING: Suppressed = { own: [], istio: [], kiali: [] };

export function suppressedBy({ manifest }: ManifestSource): Suppressed {
  const annotations = readObject(readObject(readObject(manifest).metadata).annotations);
  const own = readText(annotations[SUPPRESS]);
  const istio = readText(annotations[ISTIO_SUPPRESS]) ?? readText(annotations[ISTIO_SUPPRESS_MEANT]);
  const kiali = readText(annotations[KIALI_SUPPRESS]);
  return own === undefined && istio === undefined && kiali === undefined ? NOTHING : {
    own: (own ?? '').split('\n').map(readSuppression).filter(line => line !== undefined),
    istio: codesOf(istio),
    kiali: kiali !== undefined && kiali.trim() === '' ? ['*'] : codesOf(kiali),
  };
}

/** The suppression of a manifest that holds for a code, `foreign` where it is Istio's or Kiali's annotation. */
export function suppressionOf(suppressed: Suppressed, code: string): Suppression | 'foreign' | undefined {
  const own = suppressed.own.find(suppression => isOf(code, suppression.code));
  if (own !== undefined) {
    return own;
  }
  const foreign = code.startsWith('KIA') ? suppressed.kiali : code.startsWith('IST') ? suppressed.istio : [];
  return foreign.some(entry => entry === '*' || isOf(code, entry)) ? 'foreign' : undefined;
}

/** The annotations that say what is suppressed, to every tool that listens. */
export function suppressionAnnotations(suppressions: readonly Suppression[]): { [name: string]: string } {
  const codes = suppressions.map(({ code }) => code);
  const istio = codes.filter(code => /^IST\d+$/.test(code));
  const kiali = codes.filter(code => code.startsWith('KIA'));
  return {
    [SUPPRESS]: suppressions.map(({ code, reason }) => `${code}: ${reason}`).join('\n'),
    ...istio.length === 0 ? {} : { [ISTIO_SUPPRESS]: istio.join(',') },
    ...kiali.length === 0 ? {} : { [KIALI_SUPPRESS]: kiali.join(',') },
  };
}

/** `IST0106` stands for all of `IST0106/VS14` and its like. */
function isOf(code: string, suppressed: string): boolean {
  return code === suppressed || code.startsWith(`${suppressed}/`);
}

function readSuppression(line: string): Suppression | undefined {
  const match = /^\s*([^\s:]+):\s*(.*?)\s*$/.exec(line);
  return match === null ? undefined : { code: match[1], reason: match[2] };
}

function codesOf(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(',').map(code => code.trim()).filter(code => code !== '');
}
