// Package api answers what programs ask of the API of Proxmox VE: a pure function from the snapshot of a host, what is
// running (Live) and who asks to the answers of GET, in the shapes that PVE has (paths.txt).
//
// It changes nothing and touches no host. What PVE would know and nobody does any more is left out, or said as PVE says what
// it does not know.
package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Knowledge is what the catalog knows of Proxmox VE.
type Knowledge struct {
	// Roles are the privileges of the roles that are built in.
	Roles map[string][]string `json:"api_roles"`
	// Services are what the list of services names: the units that do the work of each, the first that is there.
	Services map[string][]string `json:"api_services"`
	// Storages are the kinds of storage.
	Storages map[string]StorageKind `json:"api_storages"`
}

// StorageKind is a kind of storage.
type StorageKind struct {
	// Files is true where it has a path, Mounted where something is mounted there.
	Files   bool `json:"files"`
	Mounted bool `json:"mounted"`
	// Shared is true where all nodes see the same.
	Shared bool `json:"shared"`
	// Content is what it holds where its configuration does not say.
	Content string `json:"content"`
}

// ReadKnowledge takes what is needed from the tables of the catalog.
func ReadKnowledge(tables map[string]map[string]any) (Knowledge, error) {
	var k Knowledge
	text, err := json.Marshal(tables)
	if err == nil {
		err = json.Unmarshal(text, &k)
	}
	if err != nil {
		return k, fmt.Errorf("tables of the catalog: %w", err)
	}
	return k, nil
}

// API answers for one host.
type API struct {
	snap      *snapshot.Snapshot
	knowledge Knowledge
	live      Live
	// Access is who may ask for what.
	Access *Access
	// alone is true where the host has left its cluster.
	alone  bool
	guests map[int]*snapshot.Guest
	// pool is the pool of a guest.
	pool map[string]string
}

// New answers for the host of a snapshot. target is what it was converted to, empty for the host as it was captured: with
// PVE a host has left the cluster.
func New(doc *snapshot.Document, target string, knowledge Knowledge, live Live) (*API, error) {
	text, err := json.Marshal(doc.Tree)
	if err != nil {
		return nil, err
	}
	var snap snapshot.Snapshot
	if err := json.Unmarshal(text, &snap); err != nil {
		return nil, err
	}
	a := &API{
		snap: &snap, knowledge: knowledge, live: live, Access: NewAccess(snap.Access, knowledge.Roles),
		alone: target == "incus" || target == "libvirt", guests: map[int]*snapshot.Guest{}, pool: map[string]string{},
	}
	if live == nil {
		a.live = Captured{&snap}
	}
	for i := range snap.Guests {
		g := &snap.Guests[i]
		if other := a.guests[g.VMID]; (other == nil || !other.Local) && (g.Local || !a.alone) {
			a.guests[g.VMID] = g
		}
	}
	for _, p := range snap.Access.Pools {
		for _, g := range p.Guests {
			a.pool[g] = p.ID
		}
	}
	return a, nil
}

// Answer is what a request gets.
type Answer struct {
	// Status is that of HTTP, Message the text of an error.
	Status  int
	Message string
	// Errors are what is wrong with each parameter.
	Errors map[string]string
	// Data is the answer: objects are map[string]any, numbers int64 or float64.
	Data any
	// Path describes it; nil where there is no such path.
	Path *Path
}

// object is a JSON object.
type object = map[string]any

// request is a request that has been understood.
type request struct {
	ctx context.Context
	// path is what is asked for.
	path *Path
	// user is who asks.
	user string
	// at are the parts of the path that the pattern leaves open, query the parameters.
	at, query map[string]string
}

// problem is an Answer that is an error.
type problem struct{ answer Answer }

func (p *problem) Error() string { return p.answer.Message }

func fail(status int, format string, args ...any) error {
	return &problem{Answer{Status: status, Message: fmt.Sprintf(format, args...)}}
}

// wrong is what PVE says of parameters that it refuses.
func wrong(errors map[string]string) error {
	return &problem{Answer{Status: 400, Message: "Parameter verification failed.", Errors: errors}}
}

// The handlers by pattern.
var handlers = map[string]func(*API, *request) (any, error){
	"/":                                        children,
	"/version":                                 (*API).version,
	"/access":                                  children,
	"/access/permissions":                      (*API).permissions,
	"/pools":                                   (*API).poolList,
	"/storage":                                 (*API).storageConfigs,
	"/storage/{storage}":                       (*API).storageConfig,
	"/cluster":                                 children,
	"/cluster/resources":                       (*API).resources,
	"/cluster/status":                          (*API).clusterStatus,
	"/nodes":                                   (*API).nodes,
	"/nodes/{node}":                            children,
	"/nodes/{node}/version":                    (*API).version,
	"/nodes/{node}/status":                     (*API).nodeStatus,
	"/nodes/{node}/time":                       (*API).time,
	"/nodes/{node}/dns":                        (*API).dns,
	"/nodes/{node}/services":                   (*API).services,
	"/nodes/{node}/services/{service}":         children,
	"/nodes/{node}/services/{service}/state":   (*API).service,
	"/nodes/{node}/network":                    (*API).networks,
	"/nodes/{node}/network/{iface}":            (*API).network,
	"/nodes/{node}/storage":                    (*API).storages,
	"/nodes/{node}/storage/{storage}":          children,
	"/nodes/{node}/storage/{storage}/status":   (*API).storageStatus,
	"/nodes/{node}/qemu":                       (*API).guestList,
	"/nodes/{node}/qemu/{vmid}":                children,
	"/nodes/{node}/qemu/{vmid}/status":         children,
	"/nodes/{node}/qemu/{vmid}/status/current": (*API).guestStatus,
	"/nodes/{node}/qemu/{vmid}/config":         (*API).guestConfig,
	"/nodes/{node}/lxc":                        (*API).guestList,
	"/nodes/{node}/lxc/{vmid}":                 children,
	"/nodes/{node}/lxc/{vmid}/status":          children,
	"/nodes/{node}/lxc/{vmid}/status/current":  (*API).guestStatus,
	"/nodes/{node}/lxc/{vmid}/config":          (*API).guestConfig,
}

// open are the patterns with open parts, compiled once.
var open = sync.OnceValue(func() map[string]*regexp.Regexp {
	out := map[string]*regexp.Regexp{}
	for pattern := range handlers {
		expression := regexp.MustCompile(`\\\{([a-z]+)\\\}`).ReplaceAllString(regexp.QuoteMeta(pattern), `(?P<$1>[^/]+)`)
		out[pattern] = regexp.MustCompile("^" + expression + "$")
	}
	return out
})

// find is the pattern of a path, and its open parts.
func find(path string) (string, map[string]string) {
	path = normal(path)
	if handlers[path] != nil && !strings.Contains(path, "{") {
		return path, map[string]string{}
	}
	for pattern, expression := range open() {
		if m := expression.FindStringSubmatch(path); m != nil {
			at := map[string]string{}
			for i, name := range expression.SubexpNames() {
				if name != "" {
					at[name] = m[i]
				}
			}
			return pattern, at
		}
	}
	return "", nil
}

// Has says whether there is such a path.
func Has(path string) bool {
	pattern, _ := find(path)
	return pattern != ""
}

// Get answers a GET of user, who has logged in.
func (a *API) Get(ctx context.Context, user, path string, query url.Values) Answer {
	pattern, at := find(path)
	if pattern == "" {
		return Answer{Status: 501, Message: fmt.Sprintf("Method 'GET %s' not implemented", path)}
	}
	p := Describe(pattern)
	data, err := a.get(ctx, p, user, at, query)
	if err != nil {
		answer := Answer{Status: 500, Message: err.Error()}
		if known, is := err.(*problem); is {
			answer = known.answer
		}
		answer.Path = p
		return answer
	}
	return Answer{Status: 200, Data: data, Path: p}
}

func (a *API) get(ctx context.Context, p *Path, user string, at map[string]string, query url.Values) (any, error) {
	r := &request{ctx: ctx, path: p, user: user, at: at, query: map[string]string{}}
	if len(p.Privileges) > 0 {
		object := p.Object
		for name, value := range at {
			object = strings.ReplaceAll(object, "{"+name+"}", value)
		}
		if !a.Access.Can(user, object, p.Privileges...) {
			return nil, fail(403, "Permission check failed (%s, %s)", object, strings.Join(p.Privileges, "|"))
		}
	}
	bad := map[string]string{}
	for name, values := range query {
		i := slices.IndexFunc(p.Parameters, func(f Field) bool { return f.Name == name })
		value := values[len(values)-1]
		if given, inPath := at[name]; inPath {
			if given != value {
				bad[name] = "duplicate parameter (already defined in URI) with conflicting values!"
			}
			continue
		}
		if i < 0 {
			bad[name] = "property is not defined in schema and the schema does not allow additional properties"
			continue
		}
		f := p.Parameters[i]
		if f.Type == "boolean" {
			truth, is := boolean(value)
			if !is {
				bad[name] = fmt.Sprintf("type check ('boolean') failed - got '%s'", value)
			}
			value = strconv.FormatInt(truth, 10)
		}
		if f.Values != nil && !slices.Contains(f.Values, value) {
			bad[name] = fmt.Sprintf("value '%s' does not have a value in the enumeration '%s'", value, strings.Join(f.Values, ", "))
		}
		r.query[name] = value
	}
	if vmid, has := at["vmid"]; has && !vmidForm.MatchString(vmid) {
		bad["vmid"] = "invalid format - value does not look like a valid VM ID"
	}
	if len(bad) > 0 {
		return nil, wrong(bad)
	}
	if node, has := at["node"]; has && node != a.snap.Host.Name && node != "localhost" {
		if slices.ContainsFunc(a.members(), func(n snapshot.ClusterNode) bool { return n.Name == node }) {
			return nil, fail(595, "No route to host")
		}
		return nil, fail(500, "hostname lookup '%s' failed - failed to get address info for: %s: Name or service not known", node, node)
	}
	return handlers[p.Path](a, r)
}

// vmidForm is the form of the numbers of guests.
var vmidForm = regexp.MustCompile(`^[1-9][0-9]{2,8}$`)

// children are the paths below one whose children have fixed names.
func children(_ *API, r *request) (any, error) {
	below := map[string]bool{}
	prefix := strings.TrimSuffix(r.path.Path, "/") + "/"
	for _, pattern := range Paths() {
		if rest, is := strings.CutPrefix(pattern, prefix); is && rest != "" {
			name, _, _ := strings.Cut(rest, "/")
			below[name] = true
		}
	}
	list := []any{}
	for _, name := range names(below) {
		list = append(list, object{r.path.Child: name})
	}
	return list, nil
}

// boolean reads the words that PVE takes for truth.
func boolean(text string) (value int64, is bool) {
	switch strings.ToLower(text) {
	case "1", "on", "yes", "true":
		return 1, true
	case "0", "off", "no", "false":
		return 0, true
	}
	return 0, false
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// sorted are the elements of a list by a field.
func sorted(list []object, key string) []any {
	slices.SortStableFunc(list, func(a, b object) int {
		x, isNumber := a[key].(int64)
		y, areNumbers := b[key].(int64)
		if isNumber && areNumbers {
			return int(x - y)
		}
		return strings.Compare(fmt.Sprint(a[key]), fmt.Sprint(b[key]))
	})
	out := make([]any, len(list))
	for i, o := range list {
		out[i] = o
	}
	return out
}

// names are the keys of a map, sorted.
func names[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
