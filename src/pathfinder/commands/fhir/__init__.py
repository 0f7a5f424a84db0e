"""The commands of `pathfinder fhir`: what gives something to other systems, and what takes it."""
