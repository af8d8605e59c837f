import { App } from 'cdk8s';
import { IConstruct } from 'constructs';

// the scopes of checked constructs, and the apps that they belong to
const hooked = new WeakSet<IConstruct>();

/** Makes sure that the app of a construct is checked when it is synthesized. */
export function checkAtSynth(construct: IConstruct): void {
  const scope = construct.node.scope;
  if (scope === undefined || !hooked.has(scope)) {
    hookInto(construct.node.root);
    hooked.add(scope ?? construct);
  }
}

function hookInto(root: IConstruct): void {
  if (hooked.has(root)) {
    return;
  }
  hooked.add(root);
  // cdk8s validates the root before all others
  root.node.addValidation({
    validate: () => {
      if (root === synthesized) {
        validations += 1;
      }
      checksOf(root).check();
      return [];
    },
  });
  if (root instanceof App) {
    shareWithin(root, 'synth');
    shareWithin(root, 'synthYaml');
  }
}

// the app that is synthesized now, and how often it was validated
let synthesized: IConstruct | undefined;
let validations = 0;

/** Whether all of a construct's app was found right in the synthesis that is going on. cdk8s asks once more for each chart. */
export function isValidated(construct: IConstruct): boolean {
  return validations > 1 && construct.node.root === synthesized;
}

/** Lets all that one call does share one check. The class's own method is looked up late, so that tests can replace it. */
function shareWithin(app: App, method: 'synth' | 'synthYaml'): void {
  const inherited = () => (Object.getPrototypeOf(app) as { [name: string]: () => string | void })[method].call(app);
  const value = () => validatedOnce(app, () => checksOf(app).synthesize(inherited));
  Object.defineProperty(app, method, { configurable: true, writable: true, value });
}

function validatedOnce<T>(app: App, work: () => T): T {
  const outer = { synthesized, validations };
  [synthesized, validations] = [app, 0];
  try {
    return work();
  } finally {
    ({ synthesized, validations } = outer);
  }
}

// loaded when the first app is synthesized
function checksOf(app: IConstruct) {
  return (require('../checks/synth') as typeof import('../checks/synth')).checksOf(app);
}
