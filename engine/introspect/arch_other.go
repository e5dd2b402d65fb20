//go:build !linux

package introspect

import "runtime"

// machineArch is the architecture of this machine.
func machineArch() string { return runtime.GOARCH }
