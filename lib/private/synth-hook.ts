import { App } from 'cdk8s';
import { IConstruct } from 'constructs';

const hooked = new WeakSet<IConstruct>();

/** Makes sure that the app of a construct is checked when it is synthesized. */
export function checkAtSynth(construct: IConstruct): void {
  const root = construct.node.root;
  if (hooked.has(root)) {
    return;
  }
  hooked.add(root);
  // cdk8s validates the root before all others
  root.node.addValidation({
    validate: () => {
      checksOf(root).check();
      return [];
    },
  });
  if (root instanceof App) {
    shareWithin(root, 'synth');
    shareWithin(root, 'synthYaml');
  }
}

/** Lets all that one call does share one check. The class's own method is looked up late, so that tests can replace it. */
function shareWithin(app: App, method: 'synth' | 'synthYaml'): void {
  const inherited = () => (Object.getPrototypeOf(app) as { [name: string]: () => string | void })[method].call(app);
  Object.defineProperty(app, method, { configurable: true, writable: true, value: () => checksOf(app).synthesize(inherited) });
}

// loaded when the first app is synthesized
function checksOf(app: IConstruct) {
  return (require('../checks/synth') as typeof import('../checks/synth')).checksOf(app);
}
