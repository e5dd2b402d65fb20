package execute

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nar"
)

// etcOfSystem is a packed closure whose /etc names a configuration as NixOS does: a link to another path, and there a link to a third.
type etcOfSystem struct{}

func (etcOfSystem) list(context.Context, *Env) ([]nar.Path, error) {
	return []nar.Path{{Path: "/nix/store/c-configuration"}, {Path: "/nix/store/b-etc"}, {Path: "/nix/store/a-system"}}, nil
}

func (etcOfSystem) verify(context.Context, *Env, rootNames) ([]nar.Path, error) { return nil, nil }

func (etcOfSystem) unpack(_ context.Context, _ *Env, paths []nar.Path, sink func(nar.Path) (nar.Sink, error)) error {
	var to []nar.Sink
	for _, p := range paths {
		s, err := sink(p)
		if err != nil {
			return err
		}
		to = append(to, s)
	}
	large := strings.Repeat("x", maxText+1)
	return errors.Join(
		to[0].File("", false, 4, strings.NewReader("1234")),
		to[1].Folder(""), to[1].Folder("etc"), to[1].Folder("etc/pve2nix"),
		to[1].Link("etc/pve2nix/configuration", "/nix/store/c-configuration"),
		to[1].Link("etc/pve2nix/round", "round"),
		to[1].File("etc/large", false, int64(len(large)), strings.NewReader(large)),
		to[2].Folder(""), to[2].Link("etc", "../b-etc/etc"),
	)
}

func TestTextOfAPackedClosure(t *testing.T) {
	for name, want := range map[string]string{
		"/etc/pve2nix/configuration": "1234",
		"/etc/large":                 "",
	} {
		if got, err := packedText(context.Background(), nil, etcOfSystem{}, "/nix/store/a-system"+name); got != want || err != nil {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	for name, want := range map[string]error{"/etc/pve2nix/none": fs.ErrNotExist, "/etc/pve2nix/configuration/below": fs.ErrNotExist, "/etc/pve2nix": nil, "/etc/pve2nix/round": nil} {
		if got, err := packedText(context.Background(), nil, etcOfSystem{}, "/nix/store/a-system"+name); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}
