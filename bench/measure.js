const { execFileSync } = require('child_process');
const path = require('path');

/** What a program of this folder prints, run in a process of its own. */
function run(program, ...args) {
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', path.join(__dirname, program), ...args.map(String)], { encoding: 'utf-8' }));
}

/** Runs the alternatives in turns, so that a slow moment of the machine meets all of them, and keeps the median of each. */
function medians(rounds, alternatives) {
  const results = alternatives.map(() => []);
  for (let round = 0; round < rounds; round++) {
    alternatives.forEach((measure, index) => results[index].push(measure()));
  }
  return results.map(values => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}

/** One line of the report: a figure, the bound it has to keep, and whether it does. */
function report(title, figure, unit, bound) {
  const verdict = bound === undefined ? '' : `  (at most ${bound}${unit}: ${figure <= bound ? 'kept' : 'NOT KEPT'})`;
  console.log(`${title.padEnd(64)} ${figure.toFixed(2)}${unit}${verdict}`);
}

module.exports = { medians, report, run };
