package api

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func (a *API) clusterStatus(r *request) (any, error) {
	out := []any{}
	if a.clustered() {
		version := int64(0)
		if text, has := option(a.snap.Cluster.Corosync, "totem.config_version"); has {
			version, _ = strconv.ParseInt(text, 10, 64)
		}
		quorate := a.snap.Cluster.Quorate != nil && *a.snap.Cluster.Quorate
		out = append(out, object{
			"type": "cluster", "id": "cluster", "name": a.snap.Cluster.Name, "nodes": int64(len(a.members())),
			"version": version, "quorate": truth(quorate),
		})
	}
	for _, n := range a.members() {
		entry := object{"type": "node", "id": "node/" + n.Name, "name": n.Name, "local": truth(n.Local), "nodeid": int64(0), "level": ""}
		if a.clustered() {
			entry["nodeid"] = int64(n.ID)
		}
		online := n.Local || n.Online != nil && *n.Online
		entry["online"] = truth(online)
		if ip := a.address(n); ip != "" {
			entry["ip"] = ip
		}
		out = append(out, entry)
	}
	return out, nil
}

// address is where a node is reached: what /etc/hosts says of its name, else its address in the cluster.
func (a *API) address(n snapshot.ClusterNode) string {
	for _, line := range a.snap.Network.Hosts {
		if slices.Contains(line.Names, n.Name) && !strings.HasPrefix(line.Address, "127.") && line.Address != "::1" {
			return line.Address
		}
	}
	if len(n.Addresses) > 0 {
		return n.Addresses[0]
	}
	return ""
}

func (a *API) resources(r *request) (any, error) {
	kind := r.query["type"]
	wanted := func(name string) bool { return kind == "" || kind == name }
	can := func(path string, privilege string) bool { return a.Access.Can(r.user, path, privilege) }
	out := []any{}
	pools := map[string]object{}
	if wanted("pool") {
		for _, p := range a.snap.Access.Pools {
			if can("/pool/"+p.ID, "Pool.Audit") {
				pools[p.ID] = object{"id": "/pool/" + p.ID, "pool": p.ID, "type": "pool"}
			}
		}
		for _, id := range names(pools) {
			out = append(out, pools[id])
		}
	}
	if wanted("vm") {
		states, err := a.live.Guests(r.ctx)
		for _, vmid := range a.vmids("") {
			g := a.guests[vmid]
			state, known := states[vmid]
			entry := a.guestResource(g, state, g.Local && err == nil && (known || states != nil))
			number := strconv.Itoa(vmid)
			if pool, is := a.pool[number]; is {
				entry["pool"] = pool
				if sum := pools[pool]; sum != nil {
					add(sum, entry)
				}
			}
			if can("/vms/"+number, "VM.Audit") {
				out = append(out, entry)
			}
		}
	}
	if wanted("node") {
		for _, n := range a.members() {
			entry := a.nodeEntry(r, n, can("/nodes/"+n.Name, "Sys.Audit"))
			if n.Local && entry["status"] == "online" {
				entry["cgroup-mode"] = int64(2)
			}
			out = append(out, entry)
		}
	}
	if wanted("storage") {
		for _, s := range a.storageList() {
			if !can("/storage/"+s.section.ID, "Datastore.Audit") {
				continue
			}
			for _, n := range a.members() {
				if s.enabledOn(n.Name) {
					out = append(out, a.storageResource(r, s, n))
				}
			}
		}
	}
	if wanted("network") && a.snap.Host.PVEMajor >= 9 && can("/sdn/zones/localnetwork", "SDN.Audit") {
		for _, n := range a.members() {
			out = append(out, object{
				"id": "network/" + n.Name + "/zone/localnetwork", "type": "network", "network-type": "zone",
				"network": "localnetwork", "node": n.Name, "status": "ok",
			})
		}
	} else if wanted("sdn") && a.snap.Host.PVEMajor < 9 && can("/sdn/zones/localnetwork", "SDN.Audit") {
		for _, n := range a.members() {
			out = append(out, object{"id": "sdn/" + n.Name + "/localnetwork", "type": "sdn", "sdn": "localnetwork", "node": n.Name, "status": "ok"})
		}
	}
	return out, nil
}

// add counts a running guest in its pool as PVE does: the longest time, the sums, and the processors' use weighed by their number.
func add(pool, guest object) {
	uptime, _ := guest["uptime"].(int64)
	if uptime == 0 {
		return
	}
	whole := func(o object, name string) int64 { n, _ := o[name].(int64); return n }
	part := func(o object, name string) float64 {
		switch n := o[name].(type) {
		case int64:
			return float64(n)
		case float64:
			return n
		}
		return 0
	}
	pool["uptime"] = max(whole(pool, "uptime"), uptime)
	pool["mem"] = whole(pool, "mem") + whole(guest, "mem")
	pool["maxmem"] = whole(pool, "maxmem") + whole(guest, "maxmem")
	most := part(pool, "maxcpu") + part(guest, "maxcpu")
	if most > 0 {
		pool["cpu"] = (part(pool, "cpu")*part(pool, "maxcpu") + part(guest, "cpu")*part(guest, "maxcpu")) / most
	}
	pool["maxcpu"] = most
}

func (a *API) poolList(r *request) (any, error) {
	out := []any{}
	list := slices.Clone(a.snap.Access.Pools)
	slices.SortFunc(list, func(x, y snapshot.Pool) int { return cmp.Compare(x.ID, y.ID) })
	for _, p := range list {
		if a.Access.Can(r.user, "/pool/"+p.ID, "Pool.Audit") {
			out = append(out, object{"poolid": p.ID})
		}
	}
	return out, nil
}

// permissions are what the caller may do, by path.
func (a *API) permissions(r *request) (any, error) {
	if id := r.query["userid"]; id != "" && id != r.user {
		return nil, fail(403, "Permission check failed (/access, Sys.Audit)")
	}
	paths := []string{"/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms"}
	if p := r.query["path"]; p != "" {
		paths = []string{normal(p)}
	} else {
		paths = append(append(paths, names(a.Access.acls)...), names(a.Access.pools)...)
	}
	out := object{}
	for _, path := range paths {
		entry := object{}
		for privilege, propagate := range a.Access.Privileges(r.user, path) {
			entry[privilege] = truth(propagate)
		}
		if len(entry) > 0 {
			out[path] = entry
		}
	}
	return out, nil
}
