// Package catalog holds what things become on NixOS: CUE files that maintainers
// edit and the lock that is generated from them. It only embeds them.
package catalog

import "embed"

// Lock is the generated catalog, which eval reads.
//
//go:embed catalog.lock.json
var Lock []byte

// Sources are the CUE files, for overlays, vet and generation.
//
//go:embed *.cue
var Sources embed.FS

// NixOS are the names of the options and packages that NixOS has, for vet.
//
//go:embed nixos/*.gz
var NixOS embed.FS
