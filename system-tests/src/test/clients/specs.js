// Runs the end-to-end specs of the bundle; the others don't speak to a server.
const results = [];
const env = jasmine.getEnv();
env.configure({ random: false, specFilter: (spec) => spec.getFullName().includes('end-to-end') });
env.addReporter({
  specDone({ status, fullName, failedExpectations }) {
    if (status !== 'excluded') {
      results.push({ status, fullName, messages: failedExpectations.map((each) => each.message) });
    }
  },
  jasmineDone() { window.specs = JSON.stringify(results); },
});
env.execute();
