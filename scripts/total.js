// adds up jest's reports: total.js <failed steps> <report>...; fails unless every test passed in every report
const fs = require('fs');

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
}
// a step can also fail outside of a test: in the compiler, the linter, or a regenerated file that differs
failed = Math.max(failed, Number(failedSteps));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
