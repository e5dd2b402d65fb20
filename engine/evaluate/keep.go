package evaluate

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Who asked for a file or a bridge, where it was no rule.
const (
	carriesRule = catalogArea + "/carries"
	bridgesRule = catalogArea + "/bridges"
)

// carryPath is the file that a carried fact is kept in: the one that the catalog
// names, if it holds what the fact's source says, else the source itself. It is
// empty where the path, which is text of the host, is none that can be copied.
func (e *Engine) carryPath(carry, key string, field catalog.Field) string {
	if carry == catalog.OwnPath {
		carry = key
	} else if source := sourceFile(field); plainPath(source) && carry != source {
		holds := e.Catalog.Carries[carry].Holds
		if holds == "" || !strings.HasPrefix(source, holds+"/") {
			carry = source
		}
	}
	if !plainPath(carry) {
		return ""
	}
	return carry
}

func plainPath(file string) bool {
	return path.IsAbs(file) && file != "/" && path.Clean(file) == file && !strings.ContainsFunc(file, unicode.IsControl)
}

// sourceFile is the file of a source path:line, empty where a fact has none.
func sourceFile(field catalog.Field) string {
	v, _ := field("source")
	source, _ := v.(string)
	i := strings.LastIndexByte(source, ':')
	if i <= 0 || strings.Trim(source[i+1:], "0123456789") != "" || source[0] != '/' {
		return ""
	}
	return source[:i]
}

// keep makes true what the catalog says: a fact that it calls carried has a file
// that is copied, and one that it calls bridged has a bridge. Where a rule asked
// for them already, or the owner does not want the bridge, nothing is added.
func (e *Engine) keep(h *Host, book *ledger, decided answers.Decisions) {
	files, bridges := map[string][]string{}, map[string][]string{}
	copied := map[string]bool{}
	for _, c := range h.Carries {
		copied[c.Path] = true
	}
	spanned := map[[2]string]bool{}
	for _, b := range h.Bridges {
		for _, at := range b.At {
			spanned[[2]string{b.Bridge, at}] = true
		}
	}
	for i := range book.accounts {
		a := &book.accounts[i]
		if a.by != nil || a.verdict == nil {
			continue
		}
		switch at := a.node.Pointer; a.verdict.Status {
		case catalog.Carried:
			if !within(copied, a.verdict.Carry) {
				files[a.verdict.Carry] = append(files[a.verdict.Carry], at)
			}
		case catalog.Bridged:
			if by, ok := decided.Declined(a.verdict.Bridge); ok {
				a.refused = &refused{a.verdict.Bridge, by}
			} else if !above(spanned, a.verdict.Bridge, at) {
				bridges[a.verdict.Bridge] = append(bridges[a.verdict.Bridge], at)
			}
		}
	}
	for _, file := range sortedKeys(files) {
		how, ok := e.Catalog.Carries[file]
		if !ok {
			how = e.Catalog.Carries[catalog.OwnPath]
		}
		h.Carries = append(h.Carries, policy.Carry{
			Rule: carriesRule, At: files[file], Path: file, To: cmp.Or(how.To, file), Mode: cmp.Or(how.Mode, "0600"), Secret: how.Secret || !ok,
		})
	}
	for _, kind := range sortedKeys(bridges) {
		h.Bridges = append(h.Bridges, policy.Bridge{Rule: bridgesRule, At: bridges[kind], Bridge: kind, Params: map[string]any{}})
	}
	for _, c := range h.Carries {
		slices.SortFunc(c.At, snapshot.ComparePointers)
	}
}

// within tells whether a file, or a folder that it is in, is among those that are copied.
func within(copied map[string]bool, file string) bool {
	for ; file != "/" && file != "." && file != ""; file = path.Dir(file) {
		if copied[file] {
			return true
		}
	}
	return false
}

// above tells whether a bridge of the kind spans the fact or one that it is part of.
func above(spanned map[[2]string]bool, kind, pointer string) bool {
	for ; pointer != ""; pointer = pointer[:strings.LastIndexByte(pointer, '/')] {
		if spanned[[2]string{kind, pointer}] {
			return true
		}
	}
	return false
}
