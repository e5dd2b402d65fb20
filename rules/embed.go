// Package rules holds what facts mean: Rego packages, one folder a rule. It only embeds them.
package rules

import "embed"

// FS holds lib and the areas with their rules and the tests of both.
//
//go:embed */*/*.rego
var FS embed.FS

// IDs are the ids that rules have or had, one "ID AREA/RULE" a line: an id is never given to another rule.
//
//go:embed ids.lock
var IDs []byte

// Lock is the rules compiled; it is generated from FS.
//
//go:embed rules.lock
var Lock string
