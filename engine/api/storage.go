package api

import (
	"crypto/sha1" // PVE names the state of a configuration by SHA-1; nothing rests on it
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// store is a storage with what its kind says.
type store struct {
	section snapshot.Section
	kind    StorageKind
}

func (s store) value(key string) (string, bool) { return option(s.section.Properties, key) }

func (s store) on(key string) bool {
	text, _ := s.value(key)
	n, _ := boolean(text)
	return n == 1
}

// content is what it may hold.
func (s store) content() string {
	if text, has := s.value("content"); has {
		return text
	}
	return s.kind.Content
}

func (s store) shared() bool {
	if _, has := s.value("shared"); has {
		return s.on("shared")
	}
	return s.kind.Shared
}

// enabledOn says whether a node uses it.
func (s store) enabledOn(node string) bool {
	if s.on("disable") {
		return false
	}
	text, has := s.value("nodes")
	return !has || slices.Contains(words(text), node)
}

// words are the parts of a list as PVE splits it.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",; \t", r) })
}

// place is where its files lie, and what has to be mounted.
func (s store) place() Store {
	out := Store{ID: s.section.ID, Type: s.section.Type}
	if !s.kind.Files {
		return out
	}
	out.Path = "/mnt/pve/" + s.section.ID
	if path, has := s.value("path"); has {
		out.Path = path
	}
	if s.kind.Mounted {
		out.Mounted = out.Path
	}
	switch at, _ := s.value("is_mountpoint"); {
	case strings.HasPrefix(at, "/"):
		out.Mounted = at
	case s.on("is_mountpoint"):
		out.Mounted = out.Path
	}
	return out
}

// storageList are the storages, sorted.
func (a *API) storageList() []store {
	var out []store
	for _, s := range a.snap.Storage.Storages {
		out = append(out, store{s, a.knowledge.Storages[s.Type]})
	}
	slices.SortFunc(out, func(x, y store) int { return strings.Compare(x.section.ID, y.section.ID) })
	return out
}

func (a *API) storageConfigs(r *request) (any, error) {
	out := []any{}
	for _, s := range a.storageList() {
		if !a.Access.Can(r.user, "/storage/"+s.section.ID, "Datastore.Audit", "Datastore.AllocateSpace") {
			continue
		}
		if kind := r.query["type"]; kind == "" || kind == s.section.Type {
			out = append(out, a.storageEntry(r, s))
		}
	}
	return out, nil
}

func (a *API) storageConfig(r *request) (any, error) {
	for _, s := range a.storageList() {
		if s.section.ID == r.at["storage"] {
			return a.storageEntry(r, s), nil
		}
	}
	return nil, fail(500, "storage '%s' does not exist", r.at["storage"])
}

func (a *API) storageEntry(r *request, s store) object {
	out := object{}
	for _, p := range s.section.Properties {
		text := hidden
		if p.Value != nil {
			text = *p.Value
		}
		if p.Unknown {
			continue
		}
		if v, is := a.typed(r.path, p.Key, text); is {
			out[p.Key] = v
		}
	}
	out["storage"], out["type"], out["content"], out["digest"] = s.section.ID, s.section.Type, s.content(), a.storageDigest()
	return out
}

// storageDigest names the state of the storages, as long as one of PVE.
func (a *API) storageDigest() string {
	sum := sha1.New()
	for _, s := range a.snap.Storage.Storages {
		fmt.Fprintf(sum, "%s: %s\n", s.Type, s.ID)
		for _, p := range s.Properties {
			if p.Value != nil {
				fmt.Fprintf(sum, "\t%s %s\n", p.Key, *p.Value)
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// storageState is a storage with how full it is; what does not answer is not active, as at PVE.
func (a *API) storageState(r *request, s store) object {
	out := object{
		"type": s.section.Type, "content": s.content(), "shared": truth(s.shared()), "enabled": truth(s.enabledOn(a.snap.Host.Name)),
		"active": int64(0), "total": int64(0), "used": int64(0), "avail": int64(0),
	}
	if out["enabled"] == int64(0) {
		return out
	}
	if _, captured := a.live.(Captured); captured { // a capture does not know whether it answers
		for _, name := range []string{"active", "total", "used", "avail"} {
			delete(out, name)
		}
		return out
	}
	if space, err := a.live.Space(r.ctx, s.place()); err == nil {
		out["active"], out["total"], out["used"], out["avail"] = int64(1), space.Total, space.Used, space.Available
	}
	return out
}

func (a *API) storages(r *request) (any, error) {
	list := a.storageList()
	if id := r.query["storage"]; id != "" && !slices.ContainsFunc(list, func(s store) bool { return s.section.ID == id }) {
		return nil, wrong(map[string]string{"storage": "No such storage."})
	}
	out := []any{}
	for _, s := range list {
		if !a.Access.Can(r.user, "/storage/"+s.section.ID, "Datastore.Audit", "Datastore.AllocateSpace") || !a.wanted(r, s) {
			continue
		}
		entry := a.storageState(r, s)
		entry["storage"] = s.section.ID
		if total, _ := entry["total"].(int64); total > 0 {
			entry["used_fraction"] = float64(entry["used"].(int64)) / float64(total)
		}
		out = append(out, entry)
	}
	return out, nil
}

// wanted says whether the parameters let a storage through.
func (a *API) wanted(r *request, s store) bool {
	here := s.enabledOn(a.snap.Host.Name)
	if id := r.query["storage"]; id != "" && id != s.section.ID {
		return false
	}
	if kinds := words(r.query["content"]); len(kinds) > 0 {
		holds := words(s.content())
		if !here || !slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(holds, k) }) {
			return false
		}
	}
	if r.query["enabled"] == "1" && s.on("disable") {
		return false
	}
	if target := r.query["target"]; target != "" && target != "localhost" && target != a.snap.Host.Name {
		return s.shared() && here && s.enabledOn(target)
	}
	return true
}

func (a *API) storageStatus(r *request) (any, error) {
	for _, s := range a.storageList() {
		if s.section.ID == r.at["storage"] {
			return a.storageState(r, s), nil
		}
	}
	return nil, wrong(map[string]string{"storage": "No such storage."})
}

// storageResource is a storage of a node in the list of resources.
func (a *API) storageResource(r *request, s store, n snapshot.ClusterNode) object {
	out := object{
		"id": fmt.Sprintf("storage/%s/%s", n.Name, s.section.ID), "storage": s.section.ID, "node": n.Name, "type": "storage",
		"plugintype": s.section.Type, "status": "unknown", "shared": truth(s.shared()), "content": s.content(),
	}
	if !n.Local {
		return out
	}
	if space, err := a.live.Space(r.ctx, s.place()); err == nil {
		out["status"], out["disk"], out["maxdisk"] = "available", space.Used, space.Total
	}
	return out
}
