package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/checknixos/hostile"
)

// A string in so many gets hostile text, by the way in which it is planted: first all at once, which leaves little that
// rules know; then ever fewer, so that what is around them is translated.
var oneIn = []int{4, 16, 64}

func planted(way int) func(string) string {
	if way == 0 {
		return hostile.Everywhere()
	}
	return hostile.HereAndThere(uint64(way), oneIn[(way-1)%len(oneIn)])
}

// plantedInto is a snapshot with hostile text in its facts, and in how many.
func plantedInto(doc *snapshot.Document, path string, way int) (*snapshot.Document, int, error) {
	tree, count, err := hostile.Plant(doc.Tree, planted(way))
	if err != nil {
		return nil, 0, err
	}
	text, err := json.Marshal(tree)
	if err != nil {
		return nil, 0, err
	}
	doc, err = snapshot.Read(bytes.NewReader(text), path)
	return doc, count, err
}

// checkHostile evaluates a host whose facts hold hostile text. Its configuration must evaluate to a system like any other,
// and nothing of the text may.
func checkHostile(ctx context.Context, k *knowledge, n *nix, path, name, target string, way int) result {
	r := result{host: fmt.Sprintf("%s, hostile %d", name, way), target: target, hostile: true}
	r.err = func() error {
		doc, err := readSnapshot(path)
		if err != nil {
			return err
		}
		if doc, r.planted, err = plantedInto(doc, path, way); err != nil {
			return err
		}
		host, err := k.evaluate(ctx, doc, target)
		if err != nil {
			return err
		}
		dir := filepath.Join(n.dir, fmt.Sprintf("%s-%s-hostile-%d", name, target, way))
		conf, err := write(dir, k, target, host, doc)
		if err != nil {
			return err
		}
		if r.written, err = marks(dir); err != nil {
			return err
		}
		got, took, err := n.evaluate(ctx, conf, target, r.required(host), true)
		r.cost, r.trimmed = took, !got.Whole
		r.derivation, r.warnings, r.assertions = got.Derivation(), got.Warnings, got.FailedAssertions
		if err != nil {
			return err
		}
		if _, r.failed, err = got.Decode(); err != nil {
			return err
		}
		values, err := json.Marshal(got.Values)
		r.held = bytes.Count(values, []byte(strings.ReplaceAll(hostile.Mark, `"`, `\"`)))
		return err
	}()
	return r
}

// marks counts the places below a folder that hold hostile text, in the spelling of Nix or as it stands.
func marks(dir string) (n int, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, spelling := range []string{hostile.Mark, strings.ReplaceAll(hostile.Mark, `"`, `\"`)} {
			n += bytes.Count(text, []byte(spelling))
		}
		return err
	})
	return n, err
}
