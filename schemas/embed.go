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

// Gaps is the schema of PROXMOX-NIX-GAPS.json.
//
//go:embed gaps.schema.json
var Gaps []byte

// Evaluation is the schema of evaluation.json.
//
//go:embed evaluation.schema.json
var Evaluation []byte

// Diff is the schema of what pve2nix diff --json writes.
//
//go:embed diff.schema.json
var Diff []byte

// Answers is the schema of the file of eval --answers.
//
//go:embed answers.schema.json
var Answers []byte

// Plan is the schema of plan.json.
//
//go:embed plan.schema.json
var Plan []byte

// Journal is the schema of a line of the journal of a run.
//
//go:embed journal.schema.json
var Journal []byte

// Status is the schema of what pve2nix status --json writes.
//
//go:embed status.schema.json
var Status []byte

// Validation is the schema of what pve2nix validate --json writes.
//
//go:embed validation.schema.json
var Validation []byte

// Checks is the schema of what pve2nix validate --list writes.
//
//go:embed checks.schema.json
var Checks []byte
