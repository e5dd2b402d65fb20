//go:build !linux

package validate

import (
	"context"
	"net/netip"
)

// kernelProber has no kernel to ask here.
type kernelProber struct{}

// Reach asks nothing.
func (kernelProber) Reach(context.Context, netip.Addr, string) (string, error) {
	return "", errNotPermitted
}
