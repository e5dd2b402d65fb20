// Package schemas holds the published JSON schemas (draft 2020-12) of every
// document that pve2nix reads or writes. It only embeds them.
package schemas

import _ "embed"

// Snapshot is the schema of pve2nix.snapshot/v1.
//
//go:embed snapshot.schema.json
var Snapshot []byte

// RuleMetadata is the schema of the METADATA of a rule package.
//
//go:embed rule-metadata.schema.json
var RuleMetadata []byte
