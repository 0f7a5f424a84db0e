"""The commands of `pathfinder fhir`, one module each."""
