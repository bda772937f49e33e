// Imported before all else: an older Node would end in an error that says nothing to a person.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 17)) {
  console.error(
    `Node ${process.versions.node} is too old. Install Node 20.17 or newer from https://nodejs.org and run this again.`,
  );
  process.exit(1);
}
