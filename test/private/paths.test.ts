import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { keepPath } from '../../lib/private/paths';

/** The path as cdk8s itself would put it together. */
function pathOf(construct: Construct): string {
  return construct.node.scopes.map(({ node }) => node.id).filter(id => id !== '').join('/');
}

test('the path that a construct keeps is the one that it has', () => {
  const app = new App();
  const chart = new Chart(app, 'shop');
  const pattern = new Construct(chart, 'Pattern');
  const constructs = [pattern, new Construct(pattern, 'First'), new Construct(pattern, 'Second'), new Construct(app, 'BesideCharts')];
  constructs.forEach(keepPath);
  expect(constructs.map(({ node }) => node.path)).toEqual(constructs.map(pathOf));
  expect(constructs[2].node.path).toBe('shop/Pattern/Second');
});

test('a construct below one that keeps its path has the path of both', () => {
  const outer = new Construct(new Chart(new App(), 'shop'), 'Outer');
  keepPath(outer);
  const inner = new Construct(outer, 'Inner');
  keepPath(inner);
  expect(inner.node.path).toBe('shop/Outer/Inner');
  expect(new Construct(inner, 'Innermost').node.path).toBe('shop/Outer/Inner/Innermost');
});

test('equal paths of two apps are told apart', () => {
  const [one, other] = ['a', 'b'].map(id => new Construct(new Chart(new App(), id), 'Same'));
  [one, other].forEach(keepPath);
  expect([one.node.path, other.node.path]).toEqual(['a/Same', 'b/Same']);
});

test('a tree without an app has paths too', () => {
  const root = new Construct(undefined as unknown as Construct, 'root');
  const child = new Construct(root, 'child');
  [root, child].forEach(keepPath);
  expect([root.node.path, child.node.path]).toEqual(['root', 'root/child']);
});
