import { cdk8s, github, javascript } from 'projen';

/** The Istio release that imports/ is generated from, and that the conformance suite asks. */
const ISTIO_RELEASE = '1.31.4';
const ISTIO_CRDS = `https://raw.githubusercontent.com/istio/istio/${ISTIO_RELEASE}/manifests/charts/base/files/crd-all.gen.yaml`;

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-istio',
  description: 'Istio traffic management with cdk8s: if it synthesizes, Istio accepts it and every reference resolves',
  author: 'cdk8s-istio maintainers',
  authorAddress: 'maintainers@cdk8s-istio.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-istio/cdk8s-istio.git',
  keywords: ['cdk8s', 'istio', 'kubernetes', 'service-mesh', 'envoy', 'virtualservice', 'destinationrule', 'gateway', 'serviceentry'],
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '22',
  sampleCode: false,
  npmignoreEnabled: false,

  cdk8sVersion: '2.70.0',
  constructsVersion: '10.3.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  // made for their jobs, small, under MIT or ISC licences: commander parses arguments (its later releases need a newer Node),
  // js-yaml gives YAML as events with positions, picocolors colours, tinyglobby finds files, re2js is the engine of Envoy's expressions
  bundledDeps: ['commander@^14.0.3', 'js-yaml@^5.5.0', 'picocolors@^1.1.1', 're2js@^2.10.0', 'tinyglobby@^0.2.17'],
  bin: { 'cdk8s-istio': 'build/lib/cli/cdk8s-istio.js' },
  devDeps: [
    '@marcbachmann/cel-js@^8.0.0',
    'cdk8s-cli@^2.207.60',
    'cdk8s-plus-33@^2.5.57',
    'esbuild@^0.28.2',
    'fast-check@^4.10.0',
    'yaml@^2.8.0',
  ],

  // sources live in lib/ and imports/, so the compiler's root is the project itself and build/ mirrors it
  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/lib/index.js',
  tsconfig: {
    include: ['lib/**/*.ts', 'imports/**/*.ts', 'imports/**/*.json'],
    // maps inside of the files would double what each program has to read
    compilerOptions: { rootDir: '.', types: ['node'], inlineSourceMap: false, inlineSources: false, sourceMap: true },
  },
  tsconfigDev: {
    include: ['../scripts/**/*.ts', '../examples/**/*.ts'],
    compilerOptions: { types: ['node', 'jest'], paths: { 'cdk8s-istio': ['../lib/index.ts'] } },
  },
  eslintOptions: { dirs: ['lib'], devdirs: ['test', 'examples', 'scripts'] },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/conformance/', '<rootDir>/test/package/'],
      modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/', '<rootDir>/out/'],
      moduleNameMapper: { '^cdk8s-istio$': '<rootDir>/lib' },
      coveragePathIgnorePatterns: ['/node_modules/', '/imports/', '/test/', '/examples/', '/scripts/'],
      collectCoverage: false,
      coverageReporters: ['json', 'lcov'],
      // the default leaves a processor idle
      maxWorkers: '100%',
      reporters: [new javascript.JestReporter('<rootDir>/scripts/jest-report.js')],
    },
  },
  gitignore: ['/build/', '/out/', '*.tgz'],
});

// the bindings of later releases are not all published, which leaves the lock file incomplete
project.package.addPackageResolutions('unrs-resolver@1.11.1');
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.package.addField('types', 'build/lib/index.d.ts');
project.package.addField('files', ['build/**/*.js', 'build/**/*.d.ts', 'build/**/*.json', 'jest.js', 'jest.d.ts', '.jsii', 'API.md', 'NOTICE', 'docs/']);

// programs outside the compiled tree (examples, scripts) import the library by its published name
for (const folder of ['examples', 'scripts']) {
  const config = new javascript.TypescriptConfig(project, {
    fileName: `${folder}/tsconfig.json`,
    include: ['**/*.ts'],
    compilerOptions: { noEmit: true, rootDir: '..', paths: { 'cdk8s-istio': ['../lib/index.ts'] } },
  });
  config.addExtends(project.tsconfig!);
}
project.eslint!.addOverride({ files: ['examples/**', 'test/**', 'scripts/**'], rules: { 'import/no-unresolved': 'off' } });
project.eslint!.addRules({
  // what a plain synth does not use is loaded on first use, which only require() can do in a function
  '@typescript-eslint/no-require-imports': 'off',
});

/** Runs a program of scripts/ from its TypeScript source. */
const script = (name: string) => `ts-node --transpile-only --project scripts/tsconfig.json -r ./scripts/register.js scripts/${name}.ts`;

project.addTask('import', {
  description: 'Regenerates imports/ from the CRDs of the pinned Istio release, or from the file that ISTIO_CRDS names',
  env: { ISTIO_CRDS_ADDRESS: ISTIO_CRDS },
  steps: [{ exec: script('import-crds') }, { exec: script('import-rules') }],
});
project.addTask('import:since', {
  description: 'Regenerates imports/istio-since.json from the folder of release CRDs that ISTIO_CRDS_HISTORY names',
  steps: [{ exec: script('import-since') }],
});
const start = project.addTask('start', {
  description: 'Synthesizes every program in examples/ into out/',
  steps: [{ exec: script('start') }],
});
project.setScript('start', project.runTaskCommand(start));

project.addTask('docs', {
  description: 'Regenerates the YAML of the examples and the YAML that README.md and docs/ show',
  steps: [{ exec: script('docs') }],
});

project.addTask('test:package', {
  description: 'Packs the library and uses it as a user would, in an empty project',
  steps: [{ spawn: 'compile' }, { exec: 'jest --config test/package/jest.config.json', receiveArgs: true }],
});
project.addTask('conformance', {
  description: 'Puts manifests to the real Istio, and requests to the real Envoy, which needs Go and Python',
  steps: [
    { exec: 'node scripts/build-oracle.js' },
    { exec: 'jest --config test/conformance/jest.config.json', receiveArgs: true },
  ],
});

// every night with another seed, which a failure names; .ci/run has the same one each time, so that a change lands or not by what it changes
const nightly = project.github!.addWorkflow('conformance');
nightly.on({
  schedule: [{ cron: '17 2 * * *' }],
  workflowDispatch: { inputs: { seed: { description: 'The seed of the random objects, meshes and requests; left out, a new one', required: false } } },
});
nightly.addJob('conformance', {
  runsOn: ['ubuntu-latest'],
  timeoutMinutes: 120,
  permissions: { contents: github.workflows.JobPermission.READ },
  env: { CI: 'true', ISTIO_CRDS: 'istio-crds.yaml' },
  steps: [
    github.WorkflowSteps.checkout(),
    ...project.renderWorkflowSetup({ mutable: false }),
    {
      name: 'Setup Go',
      uses: 'actions/setup-go@v6',
      with: { 'go-version-file': 'test/conformance/oracle/go.mod', 'cache-dependency-path': 'test/conformance/oracle/go.sum' },
    },
    { name: 'Fetch the CRDs', run: `curl --fail --silent --show-error --location --output "$ISTIO_CRDS" ${ISTIO_CRDS}` },
    {
      name: 'Ask Istio and Envoy',
      env: { SEED: '${{ inputs.seed }}' },
      run: [
        'export CONFORMANCE_SEED="${SEED:-$((RANDOM * 32768 + RANDOM + 1))}"',
        'echo "CONFORMANCE_SEED=$CONFORMANCE_SEED" | tee -a "$GITHUB_STEP_SUMMARY"',
        'npm run conformance',
      ].join('\n'),
    },
  ],
});

project.addTask('bench', {
  description: 'Prints how fast the library is, as ratios taken in one run',
  steps: [{ spawn: 'compile' }, { exec: 'node bench/index.js', receiveArgs: true }],
});

// words that some language reserves are for the tests to judge (test/api.test.ts), every other warning is an error
project.compileTask.reset('jsii --silence-warnings=reserved-word --fail-on-warnings');
project.compileTask.exec('node scripts/lazy-exports.js');
project.compileTask.exec('node scripts/bundle-cli.js');

project.tasks.tryFind('docgen')!.reset('jsii-docgen --submodule root --output API.md');

// what is not about promises needs no types, which cost eslint most of its time
const withoutPromises = {
  files: ['examples/**', 'test/**'],
  excludedFiles: ['test/conformance/**', 'test/package/**'],
  parserOptions: { projectService: false },
  rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/return-await': 'off' },
};
project.eslint!.addOverride(withoutPromises);

// jest only transpiles: the compiler checks the types of tests, examples and scripts
const types = project.addTask('types', {
  description: 'Checks the types of tests, examples and scripts',
  steps: [{ exec: 'tsc --project test/tsconfig.json' }],
});
project.testTask.removeStep(project.testTask.steps.findIndex(({ spawn }) => spawn === 'eslint'));
project.testTask.prependExec(`node scripts/side-by-side.js ${[project.compileTask, types, project.eslint!.eslintTask].map(({ name }) => name).join(' ')}`);

project.synth();
