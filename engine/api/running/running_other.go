//go:build !linux

package running

import (
	"context"
	"time"

	"github.com/pve2nix/pve2nix/engine/api"
)

// Host is the running host; converted hosts run Linux, and elsewhere nothing is known.
type Host struct{}

// New is this host.
func New(string) *Host { return &Host{} }

// Target is unknown.
func (*Host) Target() string { return "" }

// Now is the time.
func (*Host) Now() time.Time { return time.Now() }

// Node is unknown.
func (*Host) Node(context.Context) (*api.Node, error) { return nil, api.ErrUnknown }

// Guests are unknown.
func (*Host) Guests(context.Context) (map[int]api.Guest, error) { return nil, api.ErrUnknown }

// Space is unknown.
func (*Host) Space(context.Context, api.Store) (*api.Space, error) { return nil, api.ErrUnknown }

// Links are unknown.
func (*Host) Links(context.Context) ([]api.Link, error) { return nil, api.ErrUnknown }

// Units are unknown.
func (*Host) Units(context.Context, [][]string) ([]api.Unit, error) { return nil, api.ErrUnknown }
