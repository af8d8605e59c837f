import * as path from 'path';
import { Yaml } from 'cdk8s';
import { follow, Request, totalWeight, User } from './follow';

// the programs of examples/ by what they mean for users, read from the YAML that stands beside them

function routesOf(example: string): any[][] {
  const objects = Yaml.load(path.join(__dirname, '..', '..', 'examples', `${example}.yaml`));
  return objects.filter(({ kind }) => kind === 'VirtualService').map(({ spec }) => spec.http);
}

function everybody(http: any[]): User[] {
  return Array.from({ length: totalWeight(http[http.length - 1]) }, () => new User());
}

test('a canary in stages: a quarter of the users has it, testers always, the nightly report never', () => {
  const [http] = routesOf('pattern-canary-release');
  const answers = everybody(http).map((user, draw) => user.visit(http, draw));
  expect(answers.filter(subset => subset === 'canary')).toHaveLength(25);
  expect(follow(http, { headers: { 'x-tester': '1' } }).subset).toBe('canary');
  expect(follow(http, { headers: { 'x-tester': '1' }, sourceLabels: { app: 'nightly-report' } }).subset).toBe('stable');
});

test('A/B by header and cookie: who asks gets it, a fifth of the others is dealt the express checkout', () => {
  const [http] = routesOf('pattern-ab-test');
  const variant = (request: Request) => follow(http, request).subset;
  expect(variant({ headers: { 'x-checkout': 'express', 'cookie': 'checkout-bucket=classic' } })).toBe('express');
  expect(variant({ headers: { cookie: 'theme=dark; checkout=express' } })).toBe('express');
  expect(variant({ headers: { cookie: 'checkout=classic; checkout-bucket=express' } })).toBe('classic');
  const users = everybody(http);
  const answers = users.map((user, draw) => user.visit(http, draw));
  expect(answers.filter(subset => subset === 'express')).toHaveLength(20);
  expect(users.map((user, draw) => user.visit(http, draw + 50))).toEqual(answers);
});

test('a rollback: all users go back, and those who try again were among the first', () => {
  const [half, nobody, quarter] = routesOf('scenario-rollback');
  const users = everybody(half);
  const [before, during, after] = [half, nobody, quarter].map(http => users.map((user, draw) => user.visit(http, draw) === 'canary'));
  expect([before, during, after].map(answers => answers.filter(canary => canary).length)).toEqual([50, 0, 25]);
  expect(after.every((canary, user) => !canary || before[user])).toBe(true);
  expect(follow(nobody, { headers: { 'x-tester': '1' } }).subset).toBe('canary');
});

test('a preview host shows the version that is not live', () => {
  const [mesh, gateway, preview] = routesOf('pattern-blue-green');
  expect([mesh, gateway, preview].map(http => follow(http, {}).subset)).toEqual(['blue', 'blue', 'green']);
});

test('a mirror never answers', () => {
  const [http] = routesOf('pattern-traffic-mirror');
  expect(follow(http, {}).subset).toBe('primary');
  expect(http[0].mirror.subset).toBe('shadow');
});
