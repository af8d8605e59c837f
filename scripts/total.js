// adds up jest's reports: total.js <failed steps> <report>...; fails unless every test ran and passed in every report
const fs = require('fs');

// the end of the name of each test that need not run, by the reason
const MAY_BE_SKIPPED = { 'where /proc is missing': 'names a file that the system cannot read' };

const [failedSteps, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const file of files) {
  if (!fs.existsSync(file)) {
    console.log(`no report ${file}: its tests did not run`);
    failed++;
    continue;
  }
  const report = JSON.parse(fs.readFileSync(file, 'utf-8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  for (const skipped of report.skipped) {
    const [reason] = Object.entries(MAY_BE_SKIPPED).find(([, name]) => skipped.name.endsWith(name)) ?? [];
    console.log(`skipped${reason === undefined ? '' : `, as it may be ${reason}`}: ${skipped.file} ${skipped.name}`);
    failed += reason === undefined ? 1 : 0;
  }
}
// a step can also fail outside of a test: in the compiler, the linter, or a regenerated file that differs
failed = Math.max(failed, Number(failedSteps));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
