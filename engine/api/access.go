package api

import (
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Root may do everything, whatever the access control says.
const Root = "root@pam"

// Access answers who may do what, as PVE does from user.cfg.
type Access struct {
	users  map[string]snapshot.AccessUser
	tokens map[string]snapshot.AccessToken
	// groups are the members: group → user.
	groups map[string]map[string]bool
	// roles are privileges: role → privilege.
	roles map[string]map[string]bool
	// acls are what stands at a path: path → subject → role → propagate.
	acls map[string]map[string]map[string]bool
	// pools are the pools of an object, /vms/100 or /storage/local: those of a nested pool are of that pool alone.
	pools map[string][]string
	// all are the privileges that Root has.
	all map[string]bool
}

// administrator is the role with all privileges, none the one that takes them away.
const (
	administrator = "Administrator"
	noAccess      = "NoAccess"
)

// NewAccess reads the facts; roles are those that are built in.
func NewAccess(a snapshot.Access, roles map[string][]string) *Access {
	out := &Access{
		users: map[string]snapshot.AccessUser{}, tokens: map[string]snapshot.AccessToken{}, groups: map[string]map[string]bool{},
		roles: map[string]map[string]bool{}, acls: map[string]map[string]map[string]bool{}, pools: map[string][]string{}, all: map[string]bool{},
	}
	for _, u := range a.Users {
		out.users[u.ID] = u
	}
	for _, t := range a.Tokens {
		out.tokens[t.ID] = t
	}
	for _, g := range a.Groups {
		out.groups[g.ID] = set(g.Users)
	}
	for name, privileges := range roles {
		out.roles[name] = set(privileges)
		for _, p := range privileges {
			out.all[p] = true
		}
	}
	for _, r := range a.Roles {
		if out.roles[r.ID] == nil { // what is built in cannot be changed
			out.roles[r.ID] = set(r.Privileges)
		}
	}
	out.roles[administrator] = out.all
	for _, acl := range a.ACLs {
		path := normal(acl.Path)
		if out.acls[path] == nil {
			out.acls[path] = map[string]map[string]bool{}
		}
		for _, subject := range acl.Subjects {
			if out.acls[path][subject] == nil {
				out.acls[path][subject] = map[string]bool{}
			}
			for _, role := range acl.Roles {
				out.acls[path][subject][role] = acl.Propagate
			}
		}
	}
	for _, p := range a.Pools {
		for _, g := range p.Guests {
			out.pools["/vms/"+g] = append(out.pools["/vms/"+g], p.ID)
		}
		for _, s := range p.Storages {
			out.pools["/storage/"+s] = append(out.pools["/storage/"+s], p.ID)
		}
	}
	return out
}

func set(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

// normal writes a path as PVE compares it: one slash between parts, none at the end.
func normal(path string) string {
	var parts []string
	for _, p := range strings.Split(path, "/") {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return "/" + strings.Join(parts, "/")
}

// owner is the user of a token, and whether it is one.
func owner(id string) (string, bool) {
	user, _, is := strings.Cut(id, "!")
	return user, is
}

// MayLogIn says whether a user, or a token and its user, exist, are enabled and have not expired.
func (a *Access) MayLogIn(id string, now time.Time) bool {
	user, isToken := owner(id)
	u, known := a.users[user]
	if user == Root && !known {
		u, known = snapshot.AccessUser{ID: Root, Enabled: true}, true
	}
	if !known || !u.Enabled || past(u.Expire, now) {
		return false
	}
	if !isToken {
		return true
	}
	t, known := a.tokens[id]
	return known && !past(t.Expire, now)
}

func past(expire int64, now time.Time) bool { return expire != 0 && expire < now.Unix() }

// Privileges are what a user or a token may do with an object; the value says whether it holds below it, too.
func (a *Access) Privileges(id, path string) map[string]bool {
	path = normal(path)
	if id == Root {
		return a.all
	}
	user, isToken := owner(id)
	if !isToken {
		if _, known := a.users[id]; !known {
			return nil
		}
		return a.privileges(id, path)
	}
	t, known := a.tokens[id]
	if !known {
		return nil
	}
	ofUser := a.Privileges(user, path)
	if !t.PrivilegeSeparation {
		return ofUser
	}
	own := a.privileges(id, path)
	if user == Root {
		return own // its user has everything
	}
	both := map[string]bool{}
	for p, propagate := range own {
		if its, has := ofUser[p]; has {
			both[p] = propagate && its
		}
	}
	return both
}

// Can says whether a user or a token has any of the privileges on an object.
func (a *Access) Can(id, path string, anyOf ...string) bool {
	has := a.Privileges(id, path)
	for _, p := range anyOf {
		if _, ok := has[p]; ok {
			return true
		}
	}
	return false
}

// privileges are those of the roles on a path and of the pools that the object is in.
func (a *Access) privileges(id, path string) map[string]bool {
	roles := a.at(id, path)
	if _, none := roles[noAccess]; !none {
		fromPools := map[string]bool{}
		for _, pool := range a.pools[path] {
			for role := range a.at(id, "/pool/"+pool) {
				fromPools[role] = true
			}
		}
		if fromPools[noAccess] {
			return nil
		}
		for role := range fromPools {
			if _, there := roles[role]; !there {
				roles[role] = false // what comes by a pool holds for the object alone
			}
		}
	}
	out := map[string]bool{}
	for role, propagate := range roles {
		for p := range a.roles[role] {
			out[p] = out[p] || propagate
		}
	}
	return out
}

// at are the roles on a path: the deepest place that says something of the subject stands, and what it says of the user
// himself goes before what it says of his groups.
func (a *Access) at(id, path string) map[string]bool {
	roles := map[string]bool{}
	places := []string{"/"}
	if path != "/" {
		sum := ""
		for _, part := range strings.Split(path[1:], "/") {
			sum += "/" + part
			places = append(places, sum)
		}
	}
	for i, place := range places {
		here := a.acls[place]
		if here == nil {
			continue
		}
		final := i == len(places)-1
		found := map[string]bool{}
		take := func(from map[string]bool) {
			for role, propagate := range from {
				if final || propagate {
					found[role] = propagate
				}
			}
		}
		take(here[id])
		if len(found) == 0 {
			for subject, from := range here {
				if group, is := strings.CutPrefix(subject, "@"); is && a.groups[group][id] {
					take(from)
				}
			}
		}
		if len(found) > 0 {
			roles = found
		}
	}
	if propagate, none := roles[noAccess]; none {
		return map[string]bool{noAccess: propagate}
	}
	return roles
}
