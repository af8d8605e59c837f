// a jest reporter that writes the totals of a run, and the tests that it skipped, to the file that JEST_REPORT names, if any
const fs = require('fs');
const path = require('path');

module.exports = class JestReport {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults: files }) {
    if (process.env.JEST_REPORT) {
      const skipped = files.flatMap(({ testFilePath, testResults }) => testResults
        .filter(({ status }) => status !== 'passed' && status !== 'failed')
        .map(({ fullName }) => ({ file: path.relative(process.cwd(), testFilePath), name: fullName })));
      fs.writeFileSync(process.env.JEST_REPORT, JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites, skipped }));
    }
  }
};
