"""The commands of `pathfinder rules`: checking, proving, and authoring."""
